"""Equal forms, written by hand: `expected == answer`, equal wherever both are defined.

Those in NARROWER are defined for fewer values than the expected one, which is to be said.
"""


def rows(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a block of lines."""
    pairs = [line.split(" == ") for line in text.strip().splitlines()]
    return [(expected, answer) for expected, answer in pairs]


SIGMOIDS = rows("""
sigmoid(x) == 1/(1+e^-x)
sigmoid(x) == (1+e^(-x))^-1
sigmoid(x) == (1+exp(-x))⁻¹
sigmoid(x) == e^x/(1+e^x)
sigmoid(x) == e^x/(e^x+1)
sigmoid(x) == 1-1/(1+e^x)
sigmoid(x) == 1-σ(-x)
sigmoid(x) == ½(1+tanh(x/2))
sigmoid(x) == (tanh(x/2)+1)/2
sigmoid(x) == e^(x/2)/(e^(x/2)+e^(-x/2))
sigmoid(x) == e^(x/2)/(2cosh(x/2))
sigmoid(x)(1-sigmoid(x)) == σ(x)-σ(x)²
sigmoid(x)(1-sigmoid(x)) == σ(x)σ(-x)
sigmoid(x)(1-sigmoid(x)) == e^-x/(1+e^-x)^2
sigmoid(x)(1-sigmoid(x)) == e^x/(1+e^x)²
sigmoid(x)(1-sigmoid(x)) == 1/(e^x+2+e^-x)
sigmoid(x)(1-sigmoid(x)) == 1/(e^(x/2)+e^(-x/2))^2
sigmoid(x)(1-sigmoid(x)) == 1/(2+2cosh(x))
sigmoid(x)(1-sigmoid(x)) == 1/(4cosh(x/2)²)
sigmoid(x)(1-sigmoid(x)) == ¼(1-tanh²(x/2))
sigmoid(x)(1-sigmoid(x)) == ¼-(σ(x)-½)²
sigmoid(w x+b)(1-sigmoid(w x+b))x == x e^(-w x-b)/(1+e^(-(w x+b)))²
sigmoid(w x+b) == 1/(1+e^(-w x)·e^(-b))
sigmoid(2x) == e^x/(e^x+e^-x)
sigmoid(-x) == 1/(1+e^x)
sigmoid(ln x) == x/(1+x)
2sigmoid(2x)-1 == tanh(x)
ln(sigmoid(x)) == -ln(1+e^-x)
ln(sigmoid(x)) == x-ln(1+e^x)
ln(sigmoid(x)/(1-sigmoid(x))) == x
""")

TANHS = rows("""
tanh(x) == (e^x-e^-x)/(e^x+e^-x)
tanh(x) == (e^(2x)-1)/(e^(2x)+1)
tanh(x) == (1-e^(-2x))/(1+e^(-2x))
tanh(x) == 2σ(2x)-1
tanh(x) == 1-2/(e^(2x)+1)
tanh(x) == sinh(x)/cosh(x)
tanh(x) == -tanh(-x)
1-tanh(x)^2 == 1/cosh²(x)
1-tanh(x)^2 == 4/(e^x+e^-x)²
1-tanh(x)^2 == (1-tanh x)(1+tanh x)
1-tanh(x)^2 == 4σ(2x)(1-σ(2x))
cosh(x)² - sinh(x)² + x == 1+x
tanh(x+y) == (tanh x+tanh y)/(1+tanh(x)tanh(y))
""")

POWERS = rows("""
(x+1)^2 == x²+2x+1
(x-y)^2 == (y-x)^2
(x+y)^3 == x³+3x²y+3x y²+y³
x^3*x^4 == x^7
x^-2 == 1/x²
x^(1/2) == √x
x^0.5 == √x
x^(2/3) == (x^(1/3))^2
x^(3/2) == x√x
x^(y+z) == x^y·x^z
x^(y-z) == x^y/x^z
x^(2y) == (x^y)²
x^(-y) == 1/x^y
x^y == e^(y ln x)
x^n*x == x^(n+1)
n*x^(n-1) == n x^n/x
2^x == e^(x ln 2)
4^x == 2^(2x)
8^(x/3) == 2^x
2^x*3^x == 6^x
10^x == 2^x·5^x
(1/2)^x == 2^-x
e^(2x) == (e^x)²
e^(x+y) == e^x e^y
e^(x-y) == exp(x)/exp(y)
e^(-x) == 1/e^x
exp(3x) == e^x·e^x·e^x
exp(exp(x)) == e^(e^x)
exp(exp(x)+exp(x)) == exp(exp(x))²
exp(exp(exp(x))) == e^(e^(e^x))
exp(exp(exp(exp(x)))) == e^exp(exp(e^x))
y exp(exp(exp(exp(exp(x))))) == exp(exp(exp(exp(exp(x))))) y
(1+x)^100 == (1+x)^50 (1+x)^50
x^10000 == (x^100)^100
x^(3^(1/3)) == e^(3^(1/3) ln x)
e^(2x) - 1 == (e^x-1)(e^x+1)
e^(π x) == (e^π)^x
""")

LOGARITHMS = rows("""
ln(x^2) == 2ln|x|
ln(x^3) == 3ln x
ln x == ln(2x-x)
ln x == ln(x/2+x/2)
ln x == 2ln √(x+0)
ln(2x) == ln(3x-x)
ln(1/x) == -ln x
ln(2x) == ln 2 + ln x
ln(√x) == ½ln x
ln(x)/2 == ln √x
ln(x^2+2x+1) == 2ln|x+1|
ln(x^2-1) == ln|x-1|+ln|x+1|
ln(e^x) == x
ln(exp(exp(x))) == e^x
e^(ln x) == x
e^(2 ln x) == x²
e^(-ln x) == 1/x
exp(ln(x)/2) == √x
e^(½ln(x²)) == |x|
e^(½ln(x²y²)) == |x y|
e^(-½ln(x²)) == 1/|x|
exp(x+ln y) == y e^x
x^ln(y) == y^ln(x)
ln(6x)-ln(3x) + y == y+ln 2
ln(12)*x == (2ln 2+ln 3)x
ln(x)/ln(2) == ln(x)/(ln 4/2)
softplus(x) == ln(1+e^x)
softplus(x) == x+ln(1+e^-x)
softplus(x) == -ln σ(-x)
softplus(x)-softplus(-x) == x
ln(cosh x) == x+ln(1+e^(-2x))-ln 2
-(y*ln(p)+(1-y)*ln(1-p)) == -y ln p-(1-y)ln(1-p)
-y/p+(1-y)/(1-p) == (p-y)/(p(1-p))
e^a/(e^a+e^b) == σ(a-b)
e^a/(e^a+e^b+e^c) == 1/(1+e^(b-a)+e^(c-a))
ln(e^a+e^b) == a+ln(1+e^(b-a))
""")

ROOTS = rows("""
√(x^2) == |x|
|x| == √(x²)
√x*√x + y == x+y
(√x)^2 == √x·√x
√(x²·y) == |x|√y
√(x^4) == x²
√(x^6) == |x|³
√((x-y)^2) == |y-x|
√(x^2-2x*y+y^2) == |x-y|
√(x²+1)-x == 1/(√(x²+1)+x)
(√x-√y)*(√x+√y) == x-y
1/(√x-√y) == (√x+√y)/(x-y)
√(x+2√(x-1)) == √((1+√(x-1))²)
√2*√3*x == √6·x
x/√2 == √2/2·x
√(3+2√2)*x == (1+√2)x
√12*x == 2√3·x
8^(1/3)*x == 2x
x/√(x^2) == |x|/x
(x^2)^(1/2) == |x|
√(√x) == x^(1/4)
√(√(x^8)) == x²
x^(1/5)·x^(2/5) == x^(3/5)
(x^5)^(1/5)+|x|-x == |x|
x/(2√(x²+1)) == 0.5x(x²+1)^(-1/2)
1/(√(x+1)+√x) == √(x+1)-√x
√(x−5)·√(5.001−x) == √(5.001−x)·√(x−5)
√(x−5)·√(5.001−x) == √((x−5)(5.001−x))
ln(x−5)+ln(5.001−x) == ln((x-5)(5.001−x))
√(x-10^13) == √(2x-2·10^13)/√2
√(x-x)+y == y
√((x-40)²) == |40-x|
""")

BRANCHES = rows("""
relu(x) == max(0,x)
relu(x) == (x+|x|)/2
relu(x) == x+relu(-x)
relu(-x) == max(0,-x)
relu(x)-relu(-x) == x
relu(x)² == x relu(x)
relu(x)*relu(-x) + y == y
relu(2x) == 2relu(x)
relu(x²) == x²
relu(w*x+b) == ReLU(b+x w)
relu(x)+relu(-x) == |x|
max(x,y) == max(y,x)
max(x,y) == (x+y+|x-y|)/2
max(x,y) == x+relu(y-x)
max(x,y) == -min(-x,-y)
max(x,y)+min(x,y) == x+y
max(x,y)*min(x,y) == x y
max(x,y,z) == max(max(x,y),z)
max(x,y,z) == max(z,x,y)
max(x,-x) == |x|
max(x,x) + y == x+y
|x|*|y| == |x y|
|x|^2 == x²
|x|³ == x²|x|
|x|/x == x/|x|
|-x| == |x|
||x|| == |x|
|x²+1| == x²+1
|x-y| == |y-x|
|sin x| == √(1-cos²x)
max(e^x, 0) == e^x
min(|x|,-1) + x == x-1
|x-10^13|² == (x-10^13)²
|x-1|+|x-2|+|x-3|+|x-4|+|x-5|+|x-6|+|x-7|+|x-8| == |8-x|+|7-x|+|6-x|+|5-x|+|4-x|+|3-x|+|2-x|+|1-x|
relu(a)+relu(b)+relu(c)+relu(d) == (a+b+c+d+|a|+|b|+|c|+|d|)/2
""")

TRIGONOMETRY = rows("""
sin(x)²+cos(x)²+y == 1+y
sin(2x) == 2sin x cos x
cos(2x) == 1-2sin²x
tan x == sin(x)/cos(x)
sin(x+y) == sin x cos y+cos x sin y
sin(x+π) == -sin x
cos(x-π/2) == sin x
sin(π/2)*x == x
cos(x+3π/2) == sin x
cos(x+π/4) == (cos x-sin x)/√2
cos(π/2)+x == x
tan(π/4)x == x
sin(π/6)x == x/2
exp(sin x)² == e^(2sin x)
""")

SINGULARITIES = rows("""
(x^2-1)/(x-1) == x+1
x+1 == (x²-1)/(x-1)
x/x + y == 1+y
1/(1/x) == x
x/(y/z) == x z/y
(x/y)/z == x/(y z)
(x^3-y^3)/(x-y) == x²+x y+y²
1/x+1/y == (x+y)/(x y)
1/(x-1)-1/(x+1) == 2/(x²-1)
x^0+y == 1+y
0*x+3 == 3+x-x
""")

NETWORKS = rows("""
12*u*v^2 == 3v²·2u·2
3*v^2*2*u*2 == 12uv²
3*(u^2+3*x2^2)^2*(4*u) == 12u(u²+3x2²)²
6*(u^2+3*x2^2)^2*(u+3*x2) == 3(u²+3x2²)²(2u+6x2)
6*((2*x1+x2)^2+3*x2^2)^2*(2*x1+4*x2) == 3((2x1+x2)²+3x2²)²·(2(2x1+x2)+6x2)
12*(2*x1+x2)*((2*x1+x2)^2+3*x2^2)^2 == 12(2x₁+x₂)((2x₁+x₂)²+3x₂²)²
-2*(t-y)*w3*2*(x1+w1*x2)*x2 == 4(y−t)w3(x1+w1x2)x2
2*(y-t)*w4*x1*x2 == −2(t−y)·w₄x₁x₂
w1-eta*(2*(y-t)*h1) == w1+2η(t-y)h1
(1/3)*(a+b+c) == a/3+b/3+c/3
(y-t)*sigmoid(z)*(1-sigmoid(z))*h == (y-t)h e^-z/(1+e^-z)²
""")

_OUTPUT = "v1*sigmoid(w1*x+b1)+v2*sigmoid(w2*x+b2)+c"
_SAME_OUTPUT = "c+v2σ(b2+w2x)+v1/(1+e^-(w1x+b1))"
_HIDDEN = "sigmoid(w1*x+b1)"
NETWORK = f"2*(sigmoid({_OUTPUT})-t)*sigmoid({_OUTPUT})*(1-sigmoid({_OUTPUT}))*v1*{_HIDDEN}*(1-{_HIDDEN})*x"
NETWORKS += [
    (NETWORK, f"2x v1(1/(1+e^-({_OUTPUT}))-t)·σ({_SAME_OUTPUT})σ(-({_SAME_OUTPUT}))·e^(-w1x-b1)/(1+e^(-w1x-b1))²"),
    (NETWORK, f"-2x v1(t-σ({_SAME_OUTPUT}))/(2+2cosh({_OUTPUT}))·(¼-({_HIDDEN}-½)²)"),
    (NETWORK, f"x v1(1+tanh(({_OUTPUT})/2)-2t)(1-tanh²(({_SAME_OUTPUT})/2))/4·{_HIDDEN}/(1+e^(w1x+b1))"),
]

NARROWER = rows("""
(x*y)^z == x^z·y^z
ln(x*y) == ln x + ln y
ln(x/y) == ln x - ln y
√(x*y) == √x·√y
√(x/y) == √x/√y
ln(x^2) == 2ln x
|x| == (√x)²
√(x²) == √x·√x
√(x^2*y) == x√y·√x/√x
x == e^(ln x)
x == x²/x·√x/√x
x*y == e^(ln x+ln y)
ln((x-40)²) == 2ln(40-x)
x^2 == x^(2.5)/x^0.5
|x| == e^(ln x)
x == ln(e^x)·ln(x)/ln(x)
""")

EQUAL = [
    *SIGMOIDS,
    *TANHS,
    *POWERS,
    *LOGARITHMS,
    *ROOTS,
    *BRANCHES,
    *TRIGONOMETRY,
    *SINGULARITIES,
    *NETWORKS,
    *NARROWER,
]
