"""Attacks on the equality, written by hand: two formulas, the verdict, and why.

A row is `expected SIGN answer :: reason`. The signs: `==` equal; `=>` equal, and the answer is defined on a smaller
open set; `!=` different; `??` there is no open set on which both are defined; `!!` refused when it is read. A row of
different formulas may end in `@ x=1, y=2`, a point where both are defined and differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["equal", "narrower", "different", "undefined", "refused"]
SIGNS: dict[str, Verdict] = {
    " == ": "equal",
    " => ": "narrower",
    " != ": "different",
    " ?? ": "undefined",
    " !! ": "refused",
}


@dataclass(frozen=True)
class Attack:
    """One row; `witness` is a point at which different formulas differ, empty where nearly any point will do."""

    expected: str
    answer: str
    verdict: Verdict
    reason: str
    witness: tuple[tuple[str, str], ...]


def rows(text: str) -> list[Attack]:
    """Return the rows of a block of lines."""
    return [_row(line) for line in text.strip().splitlines()]


def _row(line: str) -> Attack:
    formulas, _, reason = line.partition(" :: ")
    reason, _, place = reason.partition(" @ ")
    sign = next(sign for sign in SIGNS if sign in formulas)
    expected, _, answer = formulas.partition(sign)
    parts = (part.strip().partition("=") for part in place.split(",") if part)
    return Attack(expected, answer, SIGNS[sign], reason, tuple((name, value) for name, _, value in parts))


ROOTS = rows("""
√(x²+2x y+y²) == |x+y| :: the root of a square is the absolute value of its base
√(x²+2x y+y²) != x+y :: the base of the square may be negative @ x=-1, y=-2
√(x²+2x y+y²) != -x-y :: the base of the square may be positive @ x=1, y=2
√((x-1)²(x-2)²) == |x²-3x+2| :: a product of squares is the square of the product
√((x-1)²(x-2)²) != (x-1)(x-2) :: the product is negative between its zeros @ x=1.5
√((x-1)²(x-2)²) == |x-1|·|x-2| :: each factor loses its own sign
√(x²)+√(y²) != √((x+y)²) :: the triangle inequality is none of equality @ x=1, y=-1
√(x²y²) != x y :: the signs of both are lost @ x=-1, y=1
√(x²y²) == |x|·|y| :: both signs are lost
√(x²)+x == 2relu(x) :: where x is negative both are 0
√(x²)-x == 2relu(-x) :: where x is positive both are 0
√(√(x^4)) == |x| :: the fourth root of a fourth power
√(√(x^4)) != x :: the fourth root is never negative @ x=-3
√(√((x-1)^4)) != 1-x :: it is x-1 beyond 1 @ x=4
(x^6)^(1/6) == |x| :: an even root of an even power
(x^6)^(1/6) != x :: an even root is never negative @ x=-2
x => (x^3)^(1/3) :: a fractional power needs a base that is not negative
(x^3)^(1/3) == x :: equal wherever the power is defined
(x^2)^(1/3) == |x|^(2/3) :: the square loses the sign
(x^2)^(1/3) => (x^(1/3))^2 :: the inner power is not defined below 0
(x^2)^(3/2) == |x|^3 :: the third power of the root of a square
(x^2)^(3/2) != x^3 :: it is never negative @ x=-1
(x^4)^(1/2)·x == x^3 :: the root of a fourth power is a square, whatever the sign
√(x²+2x+1)·√(x²-2x+1) == |x²-1| :: two roots of squares
√(x²+2x+1)·√(x²-2x+1) != x²-1 :: it is 1-x² between -1 and 1 @ x=0
√(x²+2x+1)+√(x²-2x+1) == |x+1|+|x-1| :: each root has its own kink
√(x²+2x+1)+√(x²-2x+1) != 2x :: it is 2 between -1 and 1 @ x=0
√(x²+2x+1)+√(x²-2x+1) == 2max(1,|x|) :: the same, said by max
√(x+2√x+1) == √x+1 :: a square inside that cannot change its sign
√(x-2√x+1) == |√x-1| :: a square inside that changes its sign at 1
√(x-2√x+1) != √x-1 :: negative below 1 @ x=0.25
√(x-2√x+1) != 1-√x :: negative beyond 1 @ x=4
√(x+√(x²-1)) == √((x+1)/2)+√((x-1)/2) :: a nested root taken apart
√(x+√(x²-1)) != √((x+1)/2)-√((x-1)/2) :: the other sign of the inner root @ x=2
√(x-√(x²-1)) == √((x+1)/2)-√((x-1)/2) :: a nested root taken apart, with its minus
√(x+√y)+√(x-√y) == √(2x+2√(x²-y)) :: the square of a sum of nested roots
√(x+√y)-√(x-√y) == √(2x-2√(x²-y)) :: the square of a difference that is never negative
√(x+√y)-√(x-√y) != -√(2x-2√(x²-y)) :: the other sign @ x=2, y=1
√(x+y+2√(x y)) == √x+√y :: defined only where both are positive
√(x+y-2√(x y)) == |√x-√y| :: the difference may have either sign
√(x+y-2√(x y)) != √x-√y :: negative where y is larger @ x=1, y=4
√(5+2√6)·x == (√2+√3)x :: a nested root of numbers
√(5-2√6)·x == (√3-√2)x :: its partner
√(5-2√6)·x != (√2-√3)x :: the partner with the wrong sign
(2+√5)^(1/3)·x == (1+√5)/2·x :: a cube root that is the golden ratio
(√5-2)^(1/3)·x == (√5-1)/2·x :: its inverse
(2^(1/3)-1)^(1/3)·x == ((1/9)^(1/3)-(2/9)^(1/3)+(4/9)^(1/3))x :: Ramanujan's nested cube root
(2^(1/3)-1)^(1/3)·x != ((1/9)^(1/3)+(2/9)^(1/3)-(4/9)^(1/3))x :: the same with the signs exchanged
√x·√y == √(x y) :: the answer is defined on more than the expected formula
√(x y z) => √x√y√z :: three factors, two of which may be negative
√(x y) != -√x√y :: a root is never negative @ x=2, y=3
√(-x)·√(-y) == √(x y) :: both are real where both names are negative
√(-x)·√(-y) != -√(x y) :: i·i = -1 is no rule of the reals @ x=-2, y=-3
√(x/y) => √(-x)/√(-y) :: the same quotient from the other quarter of the plane
√(x²-1) => √(x-1)√(x+1) :: the factors are not defined below -1
√(x²-1) => √(-x-1)√(1-x) :: the factors are not defined beyond 1
√(x²-1) != -√(x-1)√(x+1) :: the other sign @ x=2
√(x-1)√(x-2) == √((x-1)(x-2)) :: the answer is defined on more
√((1-x)(2-x)) => √(1-x)√(2-x) :: the factors are not defined beyond 2
√(1+x²)/√(1+1/x²) == |x| :: a quotient of roots that is never negative
√(1+x²)/√(1+1/x²) != x :: it is never negative @ x=-2
x√(1+1/x²) != √(x²+1) :: the factor goes under the root without its sign @ x=-1
|x|√(1+1/x²) == √(x²+1) :: the absolute value may go under the root
√(x^3) == |x|√x :: defined where x is not negative
√(x^3) == x√x :: defined where x is not negative
x^(1/3)·x^(1/6) == √x :: exponents of one base add up
√x·y^(1/3) != (x y)^(5/6) :: those of two bases do not
x^(1/3) != x^0.33333333333333333333 :: a third is no decimal
x^(1/3) != x^(1/3+10^-40) :: an exponent off by very little
√(x²+y²) != |x|+|y| :: a root of a sum @ x=3, y=4
√((√x-√y)²) == |√x-√y| :: a square of a difference of roots
(√(x+1)+√x)(√(x+1)-√x)+y == 1+y :: the difference of two squares
1/(√(x+1)+√x) == √(x+1)-√x :: a root out of a denominator
1/(√(x+1)+√x) != √x-√(x+1) :: with the sign turned over @ x=1
(√a+√b+√c)(√a+√b-√c)(√a-√b+√c)(√b+√c-√a) == 2(a b+b c+c a)-a²-b²-c² :: Heron's product: every root cancels
(√a+√b+√c)(√a+√b-√c)(√a-√b+√c)(√b+√c-√a) != 2(a b+b c+c a)-a²-b²-c²+10^-40 :: and no more than that @ a=4, b=9, c=16
√(tanh(x)²) == |tanh x| :: the root of the square of a function
√(tanh(x)²) != tanh x :: the function may be negative @ x=-1
√((x²)^y) == |x|^y :: a square raised to a name
√(x²)^3 == |x|^3 :: a power of a root of a square
√((x-y)²)+√((y-z)²)+√((z-x)²) == 2max(x,y,z)-2min(x,y,z) :: three signs at once
√((x-y)²)+√((y-z)²)+√((z-x)²) != 2(x-z) :: right in one order of the three only @ x=1, y=2, z=3
""")

ONE_SIDE = rows("""
x|x| != x² :: negative where x is @ x=-1
|x|³ != x³ :: right where x is positive @ x=-1
|x|/x+y != 1+y :: -1 on the other side @ x=-1, y=2
relu(x)/x+y != 1+y :: 0 on the other side @ x=-1, y=2
e^|x| != e^x :: right where x is positive @ x=-1
cosh(|x|) == cosh x :: an even function
sinh(|x|) != sinh x :: an odd function @ x=-1
cos(|x|) == cos x :: an even function
sin(|x|) != sin x :: an odd function @ x=-1
tanh(|x|) == |tanh x| :: an odd function that grows
σ(|x|) != σ(x) :: right where x is positive @ x=-1
|ln x| == max(ln x, -ln x) :: negative below 1
|ln x| != ln x :: right beyond 1 only @ x=0.5
√(ln(x)²) == |ln x| :: the root of a square
|e^x-1| != e^x-1 :: right where x is positive @ x=-1
|e^x-1| == max(e^x,1)-min(e^x,1) :: a distance
(x+|x|)(x-|x|)+y == y :: one of the factors is 0 on either side
√x+|x| == √x+x :: where the root is defined the bars are not needed
ln x+|x| == ln x+x :: where the logarithm is defined the bars are not needed
√(-x)+|x| == √(-x)-x :: where this root is defined x is negative
√(x-1)+|x-2| != √(x-1)+x-2 :: the root leaves a part where the difference is negative @ x=1.5
√(x-2)+|x-1| == √(x-2)+x-1 :: the root leaves no part where the difference is negative
""")

LOGARITHMS = rows("""
ln((x-1)²) => 2ln(x-1) :: the square is positive on both sides
ln((x-1)²) => 2ln(1-x) :: the square is positive on both sides
2ln x == ln(x²) :: the answer is defined on more
ln(x^4) == 2ln(x²) :: an even power of an even power
ln(x^4) != 4ln(x+0.0000001) :: shifted by very little
ln(x²)² => 4ln(x)² :: a square outside as well
ln(x²)² != 4ln x :: the square is outside @ x=2
ln(x y) => ln(-x)+ln(-y) :: both may be negative
ln(-x)+ln(-y) == ln(x y) :: the answer is defined on more
ln(x/y) => ln(-x)-ln(-y) :: both may be negative
ln(x^3) == ln x+ln(x²) :: a power split in two
ln(√(x²+1)+x) == -ln(√(x²+1)-x) :: conjugates are inverse to each other
ln(√(x²+1)+x) != ln(√(x²+1)-x) :: conjugates are not equal @ x=1
e^(x ln x) == x^x :: what a power with a name in its exponent means
e^(ln(x)²) == x^ln(x) :: a logarithm as an exponent
e^(ln(x)²) != x² :: the square is the logarithm's @ x=3
y+x^(1/ln x) == y+e :: a power that is a constant
y+ln(x)/ln(x) == y+1 :: a quotient that is a constant
ln(ln(x²)) => ln 2+ln(ln x) :: a logarithm within a logarithm
ln(ln(x²)) == ln 2+ln(ln|x|) :: the same with bars
ln(1/x²) == -2ln|x| :: a negative even power
ln(2)ln(3)x != ln(6)x :: a product of logarithms
ln(ln(2^8)/ln 2)·x == 3ln(2)x :: a quotient of logarithms is rational
2^ln(3)·x == 3^ln(2)·x :: both are e^(ln 2·ln 3)
9^(ln x/ln 3) == x² :: a logarithm to another base
ln(x²+2x+1)-ln(x²-2x+1) == 2ln|(x+1)/(x-1)| :: even powers keep their bars
ln(x²+2x+1)-ln(x²-2x+1) => 2ln((x+1)/(x-1)) :: not defined between -1 and 1
ln(x²+2x+1)-ln(x²-2x+1) => 2ln((1+x)/(1-x)) :: defined between -1 and 1 only
ln|sin x| == ½ln(1-cos(x)²) :: an even power within a logarithm
ln(1+x)-ln(1-x) != 2x+2x³/3+2x^5/5 :: the beginning of a series is not its sum
softplus(ln x) == ln(1+x) :: inverse functions
ln(1+x) => softplus(ln x) :: defined for positive names only
x²/(1+x²) => σ(2ln x) :: defined for positive names only
x²/(1+x²) == σ(ln(x²)) :: defined for all names but 0
ln(x)ln(y) != ln(x y) :: the product of logarithms is not that of a product @ x=2, y=3
ln(x+√(x²-1))+ln(x-√(x²-1))+y == y :: the two are inverse to each other
ln(e^x+1)-ln(e^(-x)+1) == x :: softplus minus its mirror image
ln(|x|+x+1) == ln(2relu(x)+1) :: a kink within a logarithm
ln(|x|+x+1) != ln(2x+1) :: the same beyond the kink only @ x=-0.25
""")

SINGULARITIES = rows("""
y == y+0/x :: a quotient of 0 is 0 wherever it is defined
y ?? y+1/(x-x) :: a division by 0 everywhere
y ?? y+ln(x-x) :: a logarithm of 0 everywhere
y ?? y+(x-x)/(x-x) :: 0/0 everywhere
y ?? y+1/(sin(x)²+cos(x)²-1) :: a division by a hidden 0
y ?? y+1/(e^(2x)-(e^x)²) :: a division by a hidden 0
y ?? y+1/(√(x²)-|x|) :: a division by a hidden 0 with a branch
y ?? y+1/(ln(x²)-2ln|x|) :: a division by a hidden 0 with a logarithm
y ?? y+1/(√x·√x-x) :: a division by a hidden 0 with roots
y => y+(√(x²)+x)/(√(x²)+x) - 1 :: 0/0 where x is negative
y => y+0/(|x|-x) :: 0/0 where x is positive
y => y+√(x-|x|) :: not defined where x is negative, 0 elsewhere
y => y+0√x :: not defined where x is negative
y == y+0√(x²) :: defined everywhere
y => y+0ln x :: not defined where x is negative
1+y => y+relu(x)/relu(x) :: 0/0 where x is negative
1+y == y+max(x,1)/max(x,1) :: a divisor that is never 0
(x^3+1)/(x²-x+1) == x+1 :: a divisor without real zeros
(x²-y²)/(x-y) == x+y :: a line is cancelled
(x^9-1)/(x-1) == 1+x+x²+x³+x^4+x^5+x^6+x^7+x^8 :: a geometric sum
(x^9-1)/(x-1) != 1+x+x²+x³+x^4+x^6+x^7+x^8 :: with one term missing
1/(x-1)-1/(x-1)+y == y :: infinite minus infinite at one point
1/(1/(1/x)) == 1/x :: three divisions
(√x-1)/(x-1) == 1/(√x+1) :: a root in what is cancelled
(|x|-1)/(x-1)+y != 1+y :: cancelled on one side only @ x=-2, y=0
(x²-4)/(|x|-2) == |x|+2 :: an absolute value in what is cancelled
(x²-1)/(|x|-1) != x+1 :: cancelled on one side only @ x=-3
(1-cos(x)²)/sin x == sin x :: a function that is cancelled
sin x == tan(x)cos(x) :: the poles of one factor are the zeros of the other
(e^(2x)-1)/(e^x-1) == e^x+1 :: an exponential that is cancelled
ln(x²)/ln|x|+y == 2+y :: logarithms that are cancelled
x ?? x+√(-1-x²) :: a root that is defined nowhere
x ?? x+ln(-|x|-1) :: a logarithm that is defined nowhere
x ?? x+√(sin(x)²-1) :: a root that is defined at single points
x+y ?? x+y+√(-(x-y)²) :: a root that is defined on a line
x ?? (-8)^(1/3)·x :: a fractional power of a negative number is not real
x ?? x+√(x-3)+√(2-x) :: two domains without a common point
x => x+0√(x-3)+0√(4-x) :: two domains with a strip in common
x+y => x+y+0ln(x y-100) :: a domain beyond a hyperbola
""")

HUGE_DEGREES = rows("""
x !! x^(2^127-1) :: refused before anything is calculated
x !! x^170141183460469231731687303715884105727 :: refused before anything is calculated
x^2 !! x^(2^127+1) :: refused before anything is calculated
x !! x^(2^127) :: refused before anything is calculated
x !! x^10001 :: refused: the largest exponent is 10,000
x !! ((x^9999)^9999)^9999 :: refused: the degrees multiply
x !! x^9^9^9 :: refused: a tower of numbers
x !! x^(10^9) :: refused: a large exponent
x != x^9973 :: a degree that is allowed, and prime
x^2 != x^8192 :: Frobenius is no identity of the reals
(x^97)^101 == x^9797 :: the degrees multiply
(x^97)^101 != x^9796 :: off by one in a large degree
y == (x^100)^100·x^-10000·y :: large degrees cancel
x == x^9999·x^-9998 :: large degrees cancel
(x+1)^9973 != x^9973+1 :: the freshman's dream is one of finite fields @ x=1
(x+y)^127 != x^127+y^127 :: the freshman's dream again
e^x == e^(9999x)e^(-9998x) :: large exponents cancel
1+0x != e^((2^127-1)x) :: an exponent that is a prime @ x=1e-37
x != x+2^127-1 :: a number that is 0 in a finite field
x != x+(2^127-1)² :: a number that is 0 in a finite field
√2·x != √2·x+(2^127-1)√2 :: a number that is 0 in a finite field, times one that is not rational
√x != √x+(2^127-1)(√2-√3) :: the same within a formula with a root
tanh(1)+x != tanh(1)+x+(2^127-1)tanh(1) :: the same with a function
√2·x != √2·x/(2^127-1) :: a number that has no inverse in a finite field
|x|+tanh(1) != |x|+tanh(1)/(2^127-1) :: the same within a formula with bars
|x| != |x|+(2^127-1)|tanh x| :: the same with a branch
√x == √x·√(2^127-1)/√(2^127-1) :: a number without an inverse, divided by itself
""")

MANY_DIGITS = rows("""
(640320^3+744)x != e^(π√163)x :: agree to 30 digits
(5280^3+744)x != e^(π√67)x :: agree to 18 digits
π x != x ln(640320^3+744)/√163 :: agree to 30 digits
π x != x ln(5280^3·(236674+30√61427)^3+744)/√427 :: agree to 52 digits
20x != (e^π-π)x :: agree to 4 digits
π x != 355x/113 :: agree to 7 digits
e x != (π^4+π^5)^(1/6)·x :: agree to 8 digits
x != x tanh 60 :: agree to 51 digits
x != σ(120)x :: agree to 52 digits
x != x+e^-120 :: 10^-52 apart
x != x cosh(10^-30) :: agree to 60 digits
x != 10^20·sin(10^-20)x :: agree to 40 digits
x != 10^30·ln(1+10^-30)x :: agree to 30 digits
x != 10^40·(e^(10^-40)-1)x :: agree to 40 digits
x(1+10^-48) != x(1+10^-50)^100 :: agree to 97 digits
x(1+10^-50·ln 2) != 2^(10^-50)·x :: agree to 100 digits
10^25·x != x√(10^50+1) :: agree to 50 digits
x/(2·10^50) != x(√(10^100+1)-10^50) :: agree to 100 digits
x == x(√(10^50+1)-10^25)(√(10^50+1)+10^25) :: nothing but digits is lost
-x != x cos 355 :: agree to 9 digits
(√5+√6+√18)x != (√4+√12+√12)x :: sums of roots that are close
x(√1000001+√1000025+√1000031+√1000084+√1000087+√1000134+√1000158+√1000182+√1000198) != \
x(√1000002+√1000018+√1000042+√1000066+√1000113+√1000116+√1000169+√1000175+√1000199) :: agree to 36 digits
x(√2+√3) == x√(5+√24) :: sums of roots that are equal
x(√2+√3) != x√(5+√24)+10^-45 :: and those that are not
x != x+10^-40 :: 10^-40 apart
x+y != x(1+10^-40)+y :: 10^-40 apart
1+0x != (1+10^-40)^x :: 10^-40 apart
0.1x+0.2x == 0.3x :: decimals are exact
x == 3·0.333333333333333333333333333333333333333333333333333x+10^-51·x :: decimals are exact
x != 3·0.333333333333333333333333333333333333333333333333333x :: and do not round
x == x+10^40-10^40 :: nothing is lost beside a large number
x == x+10^-40-1e-40 :: two spellings of one number
x == (1+10^-40)x-10^-40·x :: nothing is lost
sin(x) != sin(x+10^-40) :: 10^-40 apart
cos(10^9·x) != cos(10^9·x+10^-30) :: turned by very little
e^(e^x) != e^(e^x+10^-30) :: an exponent off by very little
√(x²+1) != √(x²+1+10^-60) :: a radicand off by very little
ln x != ln(x+10^-60) :: shifted by very little
|x| != |x+10^-60| :: shifted by very little
max(x,y) != max(x,y+10^-60) :: shifted by very little @ x=1, y=2
σ(x) != σ(x+10^-60) :: shifted by very little
tanh(40) x != (1-2e^-80)x :: agree to 69 digits
(e-2.71828182845904523536028747135266249775724709369995)x != 0x :: agree to 50 digits
(1+10^-3)^1000·x != e x :: the beginning of a limit
""")

CONSTANTS = rows("""
√2√8 x == 4x :: a product of roots
2^0.5·2^0.5·x == 2x :: exponents add up
4^(1/4)·x == √2 x :: a root of a square number
8^(2/3)·x == 4x :: a root of a power
tanh(ln 2)x == 3x/5 :: a function of a logarithm is rational
sinh(ln 2)x == ¾x :: a function of a logarithm is rational
cosh(ln 2)x == 5x/4 :: a function of a logarithm is rational
σ(ln 3)x == ¾x :: a function of a logarithm is rational
σ(0)x == x/2 :: a value of a function
softplus(0)x == ln(2)x :: a value of a function
ln(√e)x == x/2 :: a root of e
e^(½ln 2)x == √2 x :: a root as an exponential
0x == (e^1-e)x :: two spellings of e
ln(½)x == -ln(2)x :: a logarithm of an inverse
ln(8)/ln(4)·x == 3x/2 :: a logarithm to another base
√(6+4√2)x == (2+√2)x :: a nested root
√(ln(½)²)x == ln(2)x :: the root of the square of a negative number
√(ln(½)²)x != ln(½)x :: the logarithm is negative
|ln ½|x == ln(2)x :: the logarithm is negative
max(e,π)x == π x :: a max of constants
max(e^π,π^e)x == e^π·x :: two numbers that are close
max(e^π,π^e)x != π^e·x :: two numbers that are close
min(√2,1.41421356237)x == 1.41421356237x :: two numbers that are close
0x == relu(e-2.7182818284590452354)x :: a decimal a little above e
0x != relu(e-2.7182818284590452353)x :: a decimal a little below e
|sin 4|x == -sin(4)x :: the sine of 4 is negative
e^π·x != π^e·x :: 23.1 and 22.5
e^(ln π)x == π x :: inverse functions of a constant
π^ln(e)x == π x :: an exponent in disguise
(π+e)(π-e)x == (π²-e²)x :: a difference of squares
cos(π/3)x == x/2 :: a value of a function
sin(π/12)x == (√6-√2)/4·x :: a value of a function with roots
cos(π/5)x == (1+√5)/4·x :: a value of a function with roots
x/8 == cos(π/7)cos(2π/7)cos(3π/7)x :: a product of three irrational numbers
-x/2 == (cos(2π/7)+cos(4π/7)+cos(6π/7))x :: a sum of three irrational numbers
sin(π/5)x != sin(π/5)x+10^-50 :: a value of a function, and a little more
0x == sin(√(π²))x :: the sine of π in disguise
sin(x+1000000π) == sin x :: many turns
sin(x+3.14159265358979) != -sin x :: almost half a turn
(√2^√2)^√2·x == 2x :: an irrational exponent of an irrational exponent
(1+√2)^3·x == (7+5√2)x :: a power of a sum with a root
√(3+√5)·x == (√10+√2)/2·x :: a nested root of numbers
""")

TRIGONOMETRY = rows("""
sin(3x) == 3sin(x)-4sin(x)^3 :: three times the angle
sin(3x) != 3sin(x)-4sin(x^3) :: the power is the function's
cos(4x) == 8cos(x)^4-8cos(x)²+1 :: a Chebyshev polynomial
cos(4x) != 8cos(x)^4-8cos(x)² :: the same without its constant
tan(x/2) == sin(x)/(1+cos x) :: half the angle
tan(x/2) == (1-cos x)/sin(x) :: half the angle
tan(x/2) != √((1-cos x)/(1+cos x)) :: the tangent may be negative @ x=-1
|tan(x/2)| == √((1-cos x)/(1+cos x)) :: the tangent without its sign
cos(x)^4-sin(x)^4 == cos(2x) :: a difference of squares
sin(x)^4+cos(x)^4 == 1-sin(2x)²/2 :: fourth powers
sin x+cos x == √2·sin(x+π/4) :: two waves are one
sin x+cos x != √2·cos(x+π/4) :: turned the wrong way
cos(x-y)-cos(x+y) == 2sin x sin y :: a product as a difference
tan(x+y) == (tan x+tan y)/(1-tan(x)tan(y)) :: a sum of angles
sin(x)² != sin(x²) :: the square is the function's
sin x != x-x³/6+x^5/120-x^7/5040 :: the beginning of a series
cos x != 1-x²/2+x^4/24 :: the beginning of a series
sin(sin x) != sin x :: not applied twice
cos(x)cos(2x)cos(4x)sin(x) == sin(8x)/8 :: a product that folds up
sin(x+y)sin(x-y) == sin(x)²-sin(y)² :: a product as a difference of squares
1/(1+tan(x)²) == cos(x)² :: Pythagoras again
√(1+tan(x)²) == 1/|cos x| :: with the sign lost
√(1+tan(x)²) != 1/cos x :: the cosine may be negative @ x=2
cosh(2x) == 2cosh(x)²-1 :: twice the argument
cosh(2x) != 2cosh(x)²+1 :: with the wrong sign
cosh(x)²+sinh(x)² == cosh(2x) :: twice the argument
tanh(2x) == 2tanh(x)/(1+tanh(x)²) :: twice the argument
tanh(x) != x-x³/3+2x^5/15 :: the beginning of a series
""")

PIECES = rows("""
relu(relu(x)) == relu(x) :: applied twice
relu(|x|) == |x| :: never negative
relu(-relu(x))+y == y :: never positive
relu(x-1)+1 == max(x,1) :: a shifted kink
x+0y == max(x,min(x,y)) :: absorption
x+y == max(x,min(x,y))+min(y,max(x,y)) :: absorption
max(min(x,y),min(y,z),min(x,z)) == x+y+z-max(x,y,z)-min(x,y,z) :: the middle one of three
max(x,y)² != max(x²,y²) :: squares turn the order @ x=-3, y=1
max(x,y)³ == max(x³,y³) :: odd powers keep the order
max(-2x,-2y) == -2min(x,y) :: a negative factor turns the order
max(a x,a y) != a max(x,y) :: the factor may be negative @ a=-1, x=1, y=2
max(|a|x,|a|y) == |a|max(x,y) :: this factor may not
e^max(x,y) == max(e^x,e^y) :: a function that grows keeps the order
ln(max(x,y)) => max(ln x,ln y) :: needs both to be positive
√max(x,y) => max(√x,√y) :: needs both to be positive
|x|+|y| == max(|x+y|,|x-y|) :: the diagonals of a square
|x|+|y| != |x+y| :: the signs may differ @ x=1, y=-1
relu(x y) == relu(x)relu(y)+relu(-x)relu(-y) :: two quarters of the plane
relu(x y) != relu(x)relu(y) :: both may be negative @ x=-1, y=-1
relu(x)²+relu(-x)² == x² :: one of both is 0
relu(x)-relu(x-1) == min(max(x,0),1) :: cut off on both sides
max(-1,min(1,x)) == (|x+1|-|x-1|)/2 :: cut off on both sides
max(-1,min(1,x)) != tanh(x) :: not the smooth one
max(0,x-1,2x-2) == 2relu(x-1) :: the middle one never counts
max(0,x-1,2x-3) != 2relu(x-1) :: the middle one counts between 1 and 2 @ x=1.5
max(x,0.01x) == relu(x)-0.01relu(-x) :: the leaky one
max(x,2x) != relu(2x) :: below 0 it is x @ x=-1
||x|-|y|| != |x-y| :: the signs may differ @ x=1, y=-1
||x|-1| == max(|x|-1,1-|x|) :: bars within bars
softplus(1000x) != relu(1000x) :: close to it only
max(1000x,1000y) != ln(e^(1000x)+e^(1000y)) :: close to it only
|x| != x tanh(1000x) :: close to it only
|x| != √(x²+10^-40) :: close to it only
relu(x) != x σ(10^9·x) :: close to it only @ x=1e-9
|x| == relu(x)+relu(-x) :: two halves
|x|·relu(x) == relu(x)² :: one half
|x²-1| == max(x²-1,1-x²) :: two kinks
|x²-1| != x²-1 :: between the kinks @ x=0
|x-1|+|x-2|+|x-3| != 3|x-2| :: between the kinks @ x=1.5
max(x,y,z,a) == max(max(x,y),max(z,a)) :: in another order
max(x,y)+max(z,a) == max(x+z,x+a,y+z,y+a) :: sums of all pairs
max(x,y)+max(z,a) != max(x+z,y+a) :: sums of some pairs @ x=1, y=2, z=4, a=3
""")

FAR_OR_NARROW = rows("""
x != max(x,-10^9) :: different below -10^9 @ x=-2e9
x != min(x,10^12) :: different beyond 10^12 @ x=2e12
y != y+relu(x-10^6) :: different beyond 10^6 @ x=2e6, y=1
y != y+relu(x-10^6)relu(10^6+1-x) :: different between two large numbers @ x=1000000.5, y=1
y != y+relu(x-3.14159)relu(3.14160-x) :: different in a narrow region @ x=3.141595, y=1
y != y+relu(10^-9-|x²-2|) :: different beside the root of 2 @ x=1.4142135623730950488, y=1
y != y+relu(10^-12-(x²+y²-25)²) :: different in a thin ring @ x=3, y=4
y != y+relu(sin(x)-0.9999999) :: different where the sine is largest @ x=1.5707963267948966, y=1
y != y+relu(x y-10^9) :: different beyond a hyperbola @ x=1e6, y=1e6
y != y+relu(e^x-10^12) :: different beyond 27.6 @ x=30, y=1
y != y+relu(e^(-x)-10^12) :: different below -27.6 @ x=-30, y=1
y != y+relu(ln(x)-20) :: different beyond e^20 @ x=1e9, y=1
y != y+relu(1/x-10^6) :: different close to 0 @ x=1e-7, y=1
y != y+relu(1/x²-10^10) :: different close to 0 @ x=1e-6, y=1
|x-10^7| != 10^7-x :: different beyond 10^7 @ x=2e7
√((x-10^8)²) != 10^8-x :: different beyond 10^8 @ x=2e8
√((x-10^-8)²) != |x| :: shifted by very little @ x=1
ln((x-10^9)²) => 2ln(10^9-x) :: not defined beyond 10^9
|x|+|x-10^-9| != 2|x| :: two kinks that are close @ x=1
|x| != max(|x|,10^-12) :: different close to 0 @ x=1e-13
|x-7| != max(|x-7|,10^-12) :: different close to 7 @ x=7.0000000000001
y != y+relu(tanh(x)-0.9999999999) :: different beyond 12 @ x=20, y=1
y != y+relu(x-10^6)-relu(x-10^6-10^-6) :: a small step far away @ x=2e6, y=1
y != y+max(0,1-10^6·|x-12345.678|) :: a needle @ x=12345.678, y=1
y != y+max(0,1-10^9·|x-12345.678|) :: a thinner needle @ x=12345.678, y=1
y != y+max(0,min(1,10^9·(x-10^5))) :: a step @ x=1e6, y=1
y != y+relu(|x|-10^30) :: different very far away @ x=1e31, y=1
y != y+relu(x-10^50) :: different very far away @ x=1e51, y=1
y != y+relu(x-10^400) :: different beyond floating point @ x=1e401, y=1
y != y+relu(x²-10^60) :: different beyond 10^30 @ x=1e31, y=1
y != y+relu(√x-10^15) :: different beyond 10^30 @ x=1e31, y=1
y != y+relu(ln(x)-100) :: different beyond 10^43 @ x=1e44, y=1
y != y+relu(1/x-10^30) :: different closer to 0 than 10^-30 @ x=1e-31, y=1
y != y+relu(10^-60-x²) :: different closer to 0 than 10^-30 @ x=1e-31, y=1
y != y+relu(10^-20-(x-1/3)²) :: different closer to a third than 10^-10 @ x=0.33333333333, y=1
y != y+relu(x-y-10^8) :: different beyond a line far away @ x=3e8, y=1
y != y+relu(1-(x-1000)²-(y-1000)²) :: different in a disc far away @ x=1000, y=1000
max(x,y) != max(x,y,z-10^9) :: a third argument that hardly ever counts @ x=1, y=2, z=2e9
x == max(x,x-10^-9) :: an argument that never counts
x == min(x,x+10^9) :: an argument that never counts
|x|+10^9 == max(|x|+10^9,10^8) :: an argument that never counts
y == y+relu(-10^-30-x²) :: a region without points
y == y+relu(-x²-|x|) :: a region without points
y == y+relu(sin(x)-1-10^-9) :: a region without points
""")

ZEROS = rows("""
y != y+(x-1)(x-2)(x-3)(x-4)(x-5)(x-6)(x-7)(x-8)(x-9)(x-10) :: 0 at ten integers @ x=0.5, y=1
y != y+x(x²-1)(x²-4)(x²-9)(x²-16)(x²-25)(x²-1/4)(x²-1/9) :: 0 at all small fractions @ x=0.4, y=1
y != y+sin(πx) :: 0 at the integers @ x=0.5, y=1
y != y+sin(60πx) :: 0 at fractions with small denominators @ x=0.001, y=1
y != y+sin(1024πx) :: 0 at fractions with powers of 2 below them @ x=0.0001, y=1
y != y+sin(4096πx) :: 0 at fractions with powers of 2 below them @ x=0.0001, y=1
y != y+sin(2^20·πx) :: 0 at fractions with powers of 2 below them @ x=1e-7, y=1
y != y+sin(2^20·10^12·πx) :: 0 at fractions with powers of 2 and 10 below them @ x=1e-19, y=1
y != y+sin(2^40·10^40·πx) :: 0 at fractions with powers of 2 and 10 below them @ x=1e-53, y=1
y != y·cos(2πx) :: 1 at the integers @ x=0.25, y=1
y != y·cos(8192πx) :: 1 at fractions with powers of 2 below them @ x=0.0001, y=1
y != y+tan(4096πx) :: 0 at fractions with powers of 2 below them @ x=0.0001, y=1
y != y+√x·sin(4096πx) :: the same in a formula with a root @ x=0.0001, y=1
y != y+|sin(4096πx)| :: the same with bars @ x=0.0001, y=1
y != y+relu(sin(4096πx)) :: the same with a branch @ x=0.0001, y=1
y != y+sin(4096πx)sin(4096πy) :: the same in two names @ x=0.0001, y=0.0001
y == y+sin(π)x :: 0 everywhere
y == y+sin(2πx)-2sin(πx)cos(πx) :: 0 everywhere
y != y+(cos(πx)²-1)/1000 :: 0 at the integers @ x=0.5, y=1
y != y+e^(x-10^4) :: almost 0 far and wide @ x=1, y=1
y != y+10^-100·(x-1)(x-2)(x-3)(x-4) :: small, and 0 at integers @ x=0.5, y=1
y != y+((x-1)²-|x-1|²)+(x-y)·10^-50 :: 0 but for a small part @ x=1, y=3
y == y+((x-1)²-|x-1|²) :: 0 everywhere
""")

TOWERS = rows("""
e^(e^x) != e^x :: one exponential more
(e^x)^x == e^(x²) :: exponents multiply
e^(x²) != (e^x)² :: the square is the exponent's
(x^x)^x == x^(x²) :: exponents multiply
x^(x^x) != (x^x)^x :: powers are grouped from the right
x^x == (x²)^(x/2) :: the answer is defined on more
|x|^x => x^x :: the answer is defined for positive names only, but for single points
|x+y|^y => (x+y)^y :: the same with a sum
(x²)^x => x^(2x) :: the square allows negative names
(x²)^x == |x|^(2x) :: with bars
(x²)^(y/2) == |x|^y :: with bars
(x²)^(y/2) => x^y :: without them
x => (x^y)^(1/y) :: needs a positive base
2^(2^x) == e^(e^(x ln 2)ln 2) :: a tower of 2
2^(2^x) != 4^x :: a tower is no product
2^(x+y)·2^(-y) == 2^x :: exponents add up
e^(e^x-e^(-x)) == e^(2sinh x) :: a sum in an exponent
e^(ln(x)ln(y)) == x^ln(y) :: a product of logarithms
ln(ln(e^(e^x))) == x :: two logarithms undo two exponentials
e^(e^(e^x)) != e^(e^(e^x))(1+10^-50) :: a factor close to 1
e^(e^(e^x)) != e^(e^(e^x+10^-50)) :: deep inside
e^(e^(e^(e^x))) != e^(e^(e^(e^x)+1)) :: beyond what can be evaluated @ x=-1
y+1^x == y+1 :: a power of 1
0x => 0^x :: a power of 0 is defined for positive exponents
x^x·x^(-x)+y == 1+y :: a power and its inverse
(x^2)^0.5^2 != |x| :: grouped from the right, this is an exponent of ¼ @ x=2
e^(√(x²)) == e^|x| :: a root of a square in an exponent
e^(√(x²)) != e^x :: a root of a square in an exponent @ x=-1
2^|x|·2^(-|x|)+y == 1+y :: bars in exponents cancel
(1/2)^x == 4^(-x/2) :: another base
4^x-2^(x+1)+1 == (2^x-1)² :: a square of a power
√(4^x-2^(x+1)+1) == |2^x-1| :: its root
√(4^x-2^(x+1)+1) != 2^x-1 :: negative below 0 @ x=-1
""")

INVERSES = rows("""
x => σ(ln(x/(1-x))) :: the logit is defined between 0 and 1
σ(ln(x/(1-x))) == x :: the answer is defined on more
ln(σ(x)/σ(-x)) == x :: the logit of the sigmoid
ln(e^softplus(x)-1) == x :: the inverse of softplus
sinh(ln(x+√(x²+1))) == x :: the inverse of sinh
x == sinh(ln(x+√(x²+1))) :: the inverse of sinh, which is defined everywhere
cosh(ln(x+√(x²-1))) == x :: the inverse of cosh
x => cosh(ln(x+√(x²-1))) :: the inverse of cosh is defined from 1 on
x => tanh(½ln((1+x)/(1-x))) :: the inverse of tanh is defined between -1 and 1
tanh(½ln((1+x)/(1-x))) != -x :: with the sign turned over @ x=0.5
y·(2^x)^(1/x) == 2y :: a root of a power
ln(2^x)/ln 2 == x :: a logarithm to the base 2
x => (x^(1/7))^7 :: a root needs a base that is not negative
e^(-ln(x²)) == 1/x² :: an inverse by a logarithm
e^(½ln(x²)) == |x| :: a root by a logarithm
e^(½ln(x²)) != x :: a root by a logarithm @ x=-1
e^(ln|x|)·x == x|x| :: the bars stay
1/(1-1/(1-1/x)) == 1-x :: a map of order 3
1/(1-1/(1-1/(1-x))) == x :: a map of order 3, three times
1/(1-1/(1-1/(1-x))) != 1/x :: a map of order 3, three times
(√(x+1/4)-1/2)²+√(x+1/4)-1/2 == x :: a root of x² + x
""")

ATTACKS = [
    *ROOTS,
    *ONE_SIDE,
    *LOGARITHMS,
    *SINGULARITIES,
    *HUGE_DEGREES,
    *MANY_DIGITS,
    *CONSTANTS,
    *TRIGONOMETRY,
    *PIECES,
    *FAR_OR_NARROW,
    *ZEROS,
    *TOWERS,
    *INVERSES,
]

KNOWN_FAILURES: dict[tuple[str, str], str] = {}
"""Rows that do not get their verdict yet, with the reason; one that does must be taken off."""
