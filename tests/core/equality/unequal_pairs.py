"""Unequal forms, written by hand: `expected == answer`. Typical mistakes, and attacks on the equality."""

import math

from equal_pairs import rows

from tutor.mathematics.equality.field import CHAINS

MISTAKES = rows("""
(x+1)^2 == x²+1
(x+y)^2 == x²+y²
(x-y)^2 == x²-y²
√(x^2+y^2) == x+y
√(x+y) == √x+√y
1/(x+y) == 1/x+1/y
ln(x+y) == ln x+ln y
ln(x*y) == ln x·ln y
ln(x/y) == ln x/ln y
ln(x)^2 == 2ln x
ln(x^2) == (ln x)²
e^(x+y) == e^x+e^y
e^(x*y) == e^x·e^y
e^(2x) == e^2·x
e^-x == -e^x
e^(-x) == e^x
x^(y+z) == x^y+x^z
(x^y)^z == x^(y^z)
x^-1 == -x
2*x^2 == (2x)²
-x^2 == (-x)²
x/(y*z) == x/y·z
(x+y)/z == x+y/z
sigmoid(x) == 1/(1+e^x)
sigmoid(x) == 1/(1-e^-x)
sigmoid(x) == 1+e^-x
sigmoid(x) == e^-x/(1+e^-x)
sigmoid(x) == tanh(x)
sigmoid(x) == σ(2x)
sigmoid(x)(1-sigmoid(x)) == σ(x)
sigmoid(x)(1-sigmoid(x)) == 1-σ(x)
sigmoid(x)(1-sigmoid(x)) == σ(x)(σ(x)-1)
sigmoid(x)(1-sigmoid(x)) == 1-σ(x)²
sigmoid(x)(1-sigmoid(x)) == x(1-x)
sigmoid(x)(1-sigmoid(x)) == e^-x/(1+e^-x)
sigmoid(x)(1-sigmoid(x)) == -e^-x/(1+e^-x)²
sigmoid(x)(1-sigmoid(x)) == ¼
1-tanh(x)^2 == 1-tanh(x²)
1-tanh(x)^2 == 1-tanh x
1-tanh(x)^2 == tanh(x)(1-tanh(x))
1-tanh(x)^2 == 1-x²
tanh(x) == (e^x-e^-x)/2
tanh(x) == (1-e^(2x))/(1+e^(2x))
relu(x) == x
relu(x) == |x|
relu(x) == |x|/2
relu(x) == max(1,x)
relu(x) == relu(-x)
relu(x+y) == relu(x)+relu(y)
max(x,y) == (x+y)/2
max(x,y) == (x+y-|x-y|)/2
max(x,y) == x
min(x,y) == max(x,y)
|x+y| == |x|+|y|
|x| == x
|x-y| == x-y
softplus(x) == 1+e^x
softplus(x) == ln(1+e^-x)
softplus(x) == relu(x)
sin(2x) == 2sin x
sin(x)^2 == sin(x²)
cos(2x) == 1-sin²x
n*x^(n-1) == n x^n
n*x^(n-1) == x^(n-1)
e^a/(e^a+e^b) == a/(a+b)
e^a/(e^a+e^b) == σ(b-a)
12*u*v^2 == 3v²·2u
12*u*v^2 == 3v²·2u·4
3*(u^2+3*x2^2)^2*(4*u) == 3(u²+3x2²)²·2u
6*(u^2+3*x2^2)^2*(u+3*x2) == 6(u²+3x2²)²·u
6*(u^2+3*x2^2)^2*(u+3*x2) == 3(2u+6x2)²
-2*(t-y)*w3*2*(x1+w1*x2)*x2 == -2(t-y)w3·2(x1+w1x2)
-2*(t-y)*w3*2*(x1+w1*x2)*x2 == -2(t-y)w3(x1+w1x2)x2
-2*(t-y)*w3*2*(x1+w1*x2)*x2 == 2(t-y)w3·2(x1+w1x2)x2
w1-eta*(2*(y-t)*h1) == w1+2η(y-t)h1
(y-t)*sigmoid(z)*(1-sigmoid(z))*h == (y-t)h
(y-t)*sigmoid(z)*(1-sigmoid(z))*h == (y-t)σ(z)(1-σ(z))
""")

_OUTPUT = "sigmoid(v1*sigmoid(w1*x+b1)+v2*sigmoid(w2*x+b2)+c)"
_HIDDEN = "sigmoid(w1*x+b1)"
NETWORK = f"2*({_OUTPUT}-t)*{_OUTPUT}*(1-{_OUTPUT})*v1*{_HIDDEN}*(1-{_HIDDEN})*x"
NETWORK_MISTAKES = [
    (NETWORK, wrong)
    for wrong in (
        f"({_OUTPUT}-t)*{_OUTPUT}*(1-{_OUTPUT})*v1*{_HIDDEN}*(1-{_HIDDEN})*x",
        f"2*({_OUTPUT}-t)*v1*{_HIDDEN}*(1-{_HIDDEN})*x",
        f"2*({_OUTPUT}-t)*{_OUTPUT}*(1-{_OUTPUT})*v2*{_HIDDEN}*(1-{_HIDDEN})*x",
        f"2*({_OUTPUT}-t)*{_OUTPUT}*(1-{_OUTPUT})*v1*{_HIDDEN}*x",
        f"2*({_OUTPUT}-t)*{_OUTPUT}*(1-{_OUTPUT})*v1*{_HIDDEN}*(1-{_HIDDEN})",
        f"2*(t-{_OUTPUT})*{_OUTPUT}*(1-{_OUTPUT})*v1*{_HIDDEN}*(1-{_HIDDEN})*x",
        f"2*({_OUTPUT}-t)*{_OUTPUT}*(1+{_OUTPUT})*v1*{_HIDDEN}*(1-{_HIDDEN})*x",
        f"2*({_OUTPUT}-t)*{_OUTPUT}*(1-{_OUTPUT})*v1*{_HIDDEN}*(1-{_HIDDEN})*x + 1e-12",
        f"2*({_OUTPUT.replace('b2', '(b2+1e-30)')}-t)*{_OUTPUT}*(1-{_OUTPUT})*v1*{_HIDDEN}*(1-{_HIDDEN})*x",
    )
]

BRANCHES_OF_ROOTS = rows("""
√(x^2) == x
x == √(x²)
√((x-y)^2) == x-y
√((x-y)²) == y-x
√(x^2-2x*y+y^2) == x-y
(x^2)^(1/2) == x
√(x^4) == -x²
e^(½ln(x²)) == x
e^(½ln(x²)) == -x
e^(½ln(x²y²)) == x y
1/(√(x+1)+√x) == √x-√(x+1)
√(x^6) == x³
√((x-40)^2) == 40-x
√((x-10^13)^2) == 10^13-x
√((x+10^9)^2) == x+10^9
√((x²-1)(x-40)²) == (40-x)√(x²-1)
√((x-5)²)+√((x-5.001)²) == 2x-10.001
√(x^2*y) == x√y
√(x²+2+1/x²) == x+1/x
√(x+2√(x-1)) == 1-√(x-1)
√((√x-1)²) == √x-1
√((e^x-1)²) == e^x-1
√(1-sin²x) == cos x
√(1-cos²x) == sin x
√((1-x)²)·√((2-x)²) == (1-x)(2-x)
ln(√((x-y)²)) == ln(x-y)+ln(x-y)
|x|*x == x²
|x|*|y| == x y
x/√(x²) == 1+0x
√(x²)/x+y == 1+y
""")

NARROW_REGIONS = rows("""
relu(x) == relu(x)+relu(x-10^13)
relu(x) == relu(x)+relu(x-10^15)
relu(x) == relu(x)+relu(-10^20-x)
relu(x) == relu(x)+relu(0.001-|x-5|)
relu(x) == relu(x)+relu(1/x-10^6)
relu(x) == relu(x)+relu(10^-60-x²)
relu(x) == relu(x)+relu(x-10^400)
relu(x) == relu(x)+relu(ln(x)-100)
relu(x) == relu(x)+relu(10^-20-(x-1/3)²)
relu(x) == relu(x)+max(0,1-10^9·|x-12345.678|)
|x-7| == max(|x-7|,10^-12)
relu(x) == relu(x)+relu(x-5)relu(5.001-x)
relu(x) == relu(x)+relu(x-5)relu(5+10^-30-x)
relu(x) == relu(x)+relu(10^-6-(x-5)²)
relu(x+y) == relu(x+y)+relu(0.001-|x-5|-|y-7|)
relu(x+y) == relu(x+y)+relu(x-y-5)relu(5.001-x+y)
relu(x+y) == relu(x+y)+relu(1-(x-50)²-(y-70)²)
|x| == |x|+max(0,10^-6-(x-5)²)
|x| == max(x,-x,10^-9-|x|)
max(x,y) == max(x,y,x+y-10^6)
min(x,10^8) == x
max(x,-10^12) == x
|x-10^14| == 10^14-x
√x == √(x+relu(x-777777))
ln(2x-y) == ln(2x-y)+max(0,0.01-(x+7)²)
ln(x*y) == ln|x|+ln|y|+relu(-10^17-x)
ln(x*y) == ln(y*x)+relu(x-10^14)+relu(-10^14-x)
√(x-y) == √(x-y)+relu(0.001-|y-500|)
|x-1|+|x-2|+|x-3| == |x-1|+|x-2|+|x-3|+relu(x-2.5)relu(2.51-x)
""")

TINY_DIFFERENCES = rows("""
x+1 == x+1+1e-12
x+1 == x+1+1e-60
x == x+10^-400
x == x+10^-9000
x == (1+10^-50)x
x == x^(1+10^-200)
x^2 == x^(2+10^-200)
√x == x^(0.5+10^-200)
√x == √x+1e-12
√x == √x+10^-1000
√x == √x+10^-5000
√x == √(x+10^-2000)
√x == √x+e^-10000
√x == √x+e^-e^20
√x == √x+e^(-10000x)
√x == √x+e^-e^(30x)
√x == √x+(√(x+10^-300)+√(x-10^-300)-2√x)
√x == √x+sin(x)^10000/10^3000
|x| == |x|+10^-3000
|x| == |x|(1+10^-100)
max(x,y) == max(x,y)+relu(y-x)/10^2000
ln x == ln x+10^-700
ln(x) == ln(x+e^-900)
e^x == e^(x+10^-2000)
tanh(x) == tanh(x)+10^-3000
tanh(x) == tanh(x+10^-200)
sigmoid(x) == σ(x)+e^-5000
1+0x == tanh(1000+x²)
1+0x == σ(1000+x²)
x == x+1-tanh(500)
x == x·tanh(10000)
x == 2x·σ(10^-80)
e^x == 2.718281828459045235360287471352662497757247093699959574966967627724076630353^x
sin(x) == sin(x+2·3.14159265358979323846264338327950288419716939937510582097494459230781640628620)
π x == 3.14159265358979323846264338327950288419716939937510582097494459230781640628620x
√2 x == 1.41421356237309504880168872420969807856967187537694807317667973799073247846210703x
exp(π√163) x == 262537412640768743.99999999999925007259719818568887935385633733699086270753741037821064791x
exp(π√163) x == 262537412640768744x
x == x·cos(10^-40)
x+sin(10^20 x) == x
""")

LARGE_DEGREES = rows("""
x^10000 == x^9999
x^10000 == x^10000+x^9998-x^9997·x^2
(x^100)^100 == x^9900
(1+x)^5000 == (1+x)^5000+(1-x)^5000-(x-1)^4999(x-1)·2
(x+y)^1000 == x^1000+y^1000
x^9999 == |x|^9999
e^(9999x) == e^(9998x)
exp(exp(exp(x))) == exp(exp(exp(x)+1))
exp(exp(exp(exp(x)))) == exp(exp(exp(exp(x)+1)))
y exp(exp(exp(exp(exp(x))))) == exp(exp(exp(exp(exp(y))))) x
x == exp(exp(exp(exp(exp(exp(exp(exp(exp(exp(x))))))))))
x == exp(exp(exp(exp(exp(exp(x))))))
""")

UNDEFINED = rows("""
ln x == ln(-x)
√x == √(-1-x)
x+y == x+y/(y-y)
x == ln(-1-x²)
x == √(-(x-1)²)
√(x-2) == √(1-x)
x == 0^(-1-x²)·x
""")


def _multiples() -> list[tuple[str, str]]:
    """Return pairs that differ by multiples of the primes of the fields that fingerprints are taken in."""
    at_level = [math.prod(fields[level].prime for fields in CHAINS) for level in range(3)]
    everything = math.prod(at_level)
    primes = [level.prime for fields in CHAINS for level in fields]
    pairs = []
    for number in (*at_level, everything, *primes):
        pairs += [
            ("x", f"x+{number}"),
            ("x", f"x+{number}·10^-900"),
            ("x", f"x({number}+1)"),
            ("x²", f"(x+{number})²"),
            ("√x", f"√x+{number}"),
            ("√x", f"√(x+{number}·10^-700)"),
            ("|x|", f"|x+{number}|"),
            ("e^x", f"e^(x+{number})"),
            ("e^x", f"e^({number + 1}x)"),
            ("e^x", f"e^(x+{number}·10^-900)"),
        ]
    return pairs


MULTIPLES_OF_THE_PRIMES = _multiples()

UNEQUAL = [
    *MISTAKES,
    *NETWORK_MISTAKES,
    *BRANCHES_OF_ROOTS,
    *NARROW_REGIONS,
    *TINY_DIFFERENCES,
    *LARGE_DEGREES,
    *UNDEFINED,
]
