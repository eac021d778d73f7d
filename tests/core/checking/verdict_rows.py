"""Answers to cells and the verdicts they are to get: worked out by hand, or with 40 digits where irrational."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """An answer to a cell of a problem, with the learner's earlier answers, and the verdict to expect."""

    problem: str
    cell: str
    answer: str
    verdict: str
    earlier: dict[str, str] = field(default_factory=dict)
    counts: bool | None = None
    misconception: str | None = None
    known_failure: str = ""

    @property
    def name(self) -> str:
        """What the test of this row is called."""
        own = f" after {self.earlier}" if self.earlier else ""
        return f"{self.problem} {self.cell} {self.answer[:30]!r}{own} {self.verdict}"


def block(problem: str, cell: str, verdict: str, *answers: str, counts: bool | None = None) -> list[Row]:
    """Return a row for each of several answers to one cell that get one verdict."""
    return [Row(problem, cell, answer, verdict, counts=counts) for answer in answers]


FORMS = [
    *block(
        "five", "dE/dw1", "correct",
        "520", " 520 ", "+520", "520.", "520.0", "520.00", "0520", "5.2e2", "5.2E2", "5.20×10^2", "5.2·10²", "52000%",
        "2·26·10", "26*20", "(520)", "1040/2", "2*(37-24)*20", "520/1", "(-20)·(-26)", "2^3*65", "--520", "26·20·1",
        "-2(24-37)·2(3+1·2)·2", "520 + 0", "½·1040",
        "∂E/∂w1 = 520", "dE/dw1=520", "dE/dw1 = 2·260", "∂E/∂w₁ = 520", "dE/dw_1=520", "= 520", "≈ 520", "dE/dw1 ≈ 520",
    ),
    *block(
        "five", "dE/dw1", "incorrect",
        "260", "519", "521", "-520", "0", "52", "5200", "519.99999", "520.0000000001", "519.999999999999", "5.2e3",
        "1/520", "520%", "2·26·10+1e-12", "520.5", "500", "0520.1",
    ),
    *block(
        "five", "dE/dw1", "incomplete",
        "26·2·(x1+w1·x2)·x2", "2(y-t)·w3·2(x1+w1x2)x2", "∂E/∂y·∂y/∂h1·∂h1/∂w1", "∂E/∂h1·20", "dE/dh1·dh1/dw1:direct",
        "√270400", "520·e^0", "520sin²(1)+520cos²(1)", "|−520|", "max(520, 1)", "-2(t-y)w3·2(x1+w1x2)x2",
        "∂E/∂y w3·2√h1·x2",
    ),
    *block(
        "five", "dE/dw1", "invalid",
        "", "   ", "five hundred", "520,0", "520 or 521", "?", "520 = 520", "2*260=520", "520q", "5 20", "(520", "520)",
        "520!", "~520", "dE/dh1 = 520", "∂E/∂w2 = 520", "w1 = 520", "h1 = 520", "E = 520", "dE/dw1 = dE/dh1·20 = 520",
        "w1@1 = 520", "∂E/∂q", "x2·h1@7", "h1[1]", "520;", "<520", "9^9^9", "tanh⁻¹(520)", "\x00520", "f(520)",
    ),
    *block("five", "h1", "correct", "25", "5^2", "(3+1·2)²", "h1 = 25", "h₁ = 25", "25.0", "2.5e1"),
    *block("five", "h1", "incomplete", "(x1+w1x2)²", "√625", "h1"),
    *block("five", "h1", "incorrect", "10", "13", "5", "24.999", "25.01", "-25", "26"),
    *block("five", "E", "correct", "169", "13²", "(24-37)^2", "1.69e2", "(24−37)·(24−37)"),
    *block("five", "E", "incorrect", "-169", "-13²", "338", "16.9"),
    *block("five", "dh1/dw1:direct", "correct", "20", "2·5·2", "∂h1/∂w1 = 20", "dh1/dw1:direct = 20"),
    *block("five", "dh1/dw1:direct", "incorrect", "10", "5", "40"),
    *block("five", "dE/dw5", "correct", "26", "26.0", "2(37-24)"),
]  # fmt: skip

UPDATES = [
    *block(
        "five", "w1@1", "correct",
        "0.948", ".948", "0.9480", "948/1000", "237/250", "94.8%", "94.80 %", "1-0.0001*520", "1 - 0.052", "9.48e-1",
        "9.48×10^-1", "w1 = 0.948", "w1@1 = 0.948", "new w1 = 0.948", "w₁ = 0.948", "1−10⁻⁴·520",
    ),
    *block("five", "w1@1", "incomplete", "0.95", "0.94", "0.9", ".95", "95%", "9.5e-1", "1-η·520", "w1 - η∂E/∂w1"),
    *block(
        "five", "w1@1", "incorrect",
        "0.949", "0.947", "0.94801", "0.9481", "0.9479", "0.948000000001", "0.96", "0.93", "9.48", "0.0948",
        "1-0.052+1e-12", "0",
    ),
    *block("five", "w1@1", "invalid", "w2 = 0.948", "w2@1 = 0.948", "w1@2 = 0.948", "w1@0 = 0.948", "h1 = 5", "0,9"),
    *block(
        "five", "w5@1", "correct",
        "-0.0026", "-2.6×10^-3", "-2.6e-3", "−2.6·10⁻³", "-13/5000", "-0.26%", "-0.00260",
    ),
    *block("five", "w5@1", "incomplete", "-0.003", "-0.002", "-3e-3", "-0.3%", "-0.2%"),
    *block(
        "five", "w5@1", "incorrect",
        "0.0026", "-0.0027", "-0.0025", "-0.0026000001", "-0.00", "0", "-0.001", "-0.026",
    ),
    *block("five", "w2@1", "correct", "1.9844", "1.984", "1.98", "1.98440", "198%", "198.4%"),
    *block("five", "w2@1", "incomplete", "2.0", "1.9"),
    *block("five", "w2@1", "incorrect", "1.985", "1.99", "1.983", "2.00", "1.97", "1.9845", "1.98400", "1.9844000001"),
    *block("five", "w4@1", "correct", "0.9688", "0.969", "0.968"),
    *block("five", "w4@1", "incomplete", "0.97", "0.96", "1.0"),
    *block("five", "w4@1", "incorrect", "0.967", "0.970", "0.9687", "0.9689", "0.98"),
    *block("five", "y@1", "correct", "33.94503328", "33.945", "33.9450", "33.95", "33.94", "33.9", "3.39e1"),
    *block("five", "y@1", "incorrect", "33.93", "33.96", "34.0", "33.8", "33.94503329", "33.9451", "3395/100"),
    *block("five", "E@1", "correct", "98.9", "98.90", "98.904", "98.903", "98.9036"),
    *block("five", "E@1", "incorrect", "98.91", "99.0", "98.8", "98.905", "98.902"),
]  # fmt: skip

PLACES = [
    *block("places", "third", "correct", "1/3", "0.333", "0.3333", "0.33333333333333333333", "33.3%", "3.33e-1", "2/6"),
    *block("places", "third", "incomplete", "0.33", "0.3", ".3", "33%", "3e-1", "w/3", "third"),
    *block(
        "places", "third", "incorrect",
        "0.334", "0.332", "30%", "0.34", "0.3334", "0.3330", "1/2", "0.333/1", "333/1000",
    ),
    *block("places", "two_thirds", "correct", "0.667", "0.666", "0.6667", "0.6666", "66.7%", "66.6%", "6.67e-1", "2/3"),
    *block("places", "two_thirds", "incomplete", "0.67", "0.66", "0.7", "0.6", "67%"),
    *block("places", "two_thirds", "incorrect", "0.668", "0.665", "0.6668", "0.6665", "0.65", "0.68", "0.8", "0.5"),
    *block("places", "eighth", "correct", "0.125", "1/8", "12.5%", "0.1250", "1.25e-1", "½·¼", "2⁻³"),
    *block("places", "eighth", "incomplete", "0.13", "0.12", "0.1", "13%", "12%"),
    *block("places", "eighth", "incorrect", "0.126", "0.124", "0.14", "0.11", "0.2", "0.1251", "0.1249", "1.25"),
    *block("places", "minus_eighth", "correct", "-0.125", "-1/8", "-12.5%", "−0.125"),
    *block("places", "minus_eighth", "incomplete", "-0.13", "-0.12", "-0.1"),
    *block("places", "minus_eighth", "incorrect", "-0.126", "-0.124", "0.125", "-0.14", "-0.11", "-0.2", "0"),
    *block(
        "places", "many", "correct",
        "12345.678", "12345.68", "12345.67", "12345.7", "12345.6", "1.23e4", "1.235e4", "1.234e4", "1.23×10⁴",
        "12345.6780",
        "1234567.8%", "12345678/1000",
    ),
    *block("places", "many", "incomplete", "1.2e4", "1e4", "1.2×10^4"),
    *block(
        "places", "many", "incorrect",
        "12345.69", "12345.66", "12345.5", "12345.8", "1.24e4", "1.22e4", "12300", "12350",
    ),
    *block(
        "places", "small", "correct",
        "1/7000", "0.000143", "0.000142", "0.0001429", "0.0001428", "1.43e-4", "0.0142%",
    ),
    *block("places", "small", "incomplete", "0.00014", "0.0001", "1.4e-4", "1e-4", "0.014%"),
    *block("places", "small", "incorrect", "0.000144", "0.000141", "0.0002", "0.000", "0", "0.0", "1.43e-3", "0.00015"),
    *block("places", "zero", "correct", "0", "0.0", "0.00", "0%", "1-1", "-0", "0/5", "0e5"),
    *block("places", "zero", "incorrect", "1", "0.001", "1e-12", "-0.0001", "1e-300"),
    *block("places", "zero", "incomplete", "w-1", "sin(0)"),
    *block("places", "whole", "correct", "1234", "1234.0", "1.234e3", "1234.00", "617*2", "1.23e3", "123400%"),
    *block("places", "whole", "incomplete", "1.2e3", "1e3"),
    *block(
        "places", "whole", "incorrect",
        "1230", "1200", "1235", "1233", "1234.1", "1233.9", "1.24e3", "1000", "-1234",
    ),
    *block("places", "sixth", "correct", "1/6", "0.167", "0.166", "1/(6)", "1/(2·3)", "16.7%"),
    *block("places", "sixth", "incomplete", "1/(6w)", "0.17", "0.16"),
    *block("places", "root", "correct", "1.41", "1.414", "1.4142", "1.41421", "1.41421356", "141%", "1.41e0"),
    *block("places", "root", "incomplete", "1.4", "√2", "sqrt(2)", "2^0.5", "2^½", "√2·1", "√(2w)", "e^(ln(2)/2)"),
    *block(
        "places", "root", "incorrect",
        "1.42", "1.40", "1.413", "1.415", "1.5", "1.3", "1.41421356237309506", "1.4143", "1.41422", "√3", "7/5",
        "-1.41",
    ),
]  # fmt: skip

BATCHES = [
    *block("batch", "dE/dw1", "correct", "2064", "520+1520+24", "2064.0", "∂E/∂w1 = 2064"),
    *block("batch", "dE/dw1", "incorrect", "688", "520", "1520", "24", "924", "2063"),
    *block("batch", "dE/dw1", "incomplete", "∂E/∂w1[1]+∂E/∂w1[2]+∂E/∂w1[3]", "dE/dw1[1] + 1520 + 24"),
    *block("batch", "dE/dw2", "correct", "316"),
    *block("batch", "dE/dw2", "incorrect", "324", "105.33", "105"),
    *block("batch", "dE/dw3", "correct", "1636"),
    *block("batch", "dE/dw4", "correct", "632"),
    *block("batch", "dE/dw5", "correct", "68", "26+38+4"),
    *block("batch", "dE/dw1[2]", "correct", "1520", "38·1·2·5·4", "∂E/∂w1[2] = 1520", "dE/dw1 = 1520"),
    *block("batch", "dE/dw1[2]", "incorrect", "520", "24", "2064"),
    *block("batch", "dE/dw1[2]", "incomplete", "2(y-t)w3·2(x1+w1x2)x2", "∂E/∂h1[2]·2(x1+w1x2)x2", "∂E/∂y[2]·5·8"),
    *block("batch", "dE/dw1[2]", "incomplete", "∂E/∂h1·40", "∂E/∂y·5·8"),
    *block("batch", "dE/dw1[2]", "invalid", "∂E/∂w1[1] = 1520", "∂E/∂w1[9]", "h1[7]·2"),
    *block("batch", "E", "correct", "534", "169+361+4"),
    *block("batch", "E[3]", "correct", "4", "(11-13)²"),
    *block("batch", "w1@1", "correct", "0.7936", "0.794", "0.793", "1-0.0001·2064"),
    *block("mean", "dE/dw1", "correct", "688", "2064/3", "688.0"),
    *block("mean", "dE/dw1", "incorrect", "687", "689"),
    *block("mean", "dE/dw2", "correct", "316/3", "105.333", "105.3", "1.05e2"),
    *block("mean", "dE/dw2", "incorrect", "105", "105.34", "316", "105.4", "105.332", "1.06e2"),
    *block("mean", "E", "correct", "178", "534/3"),
    *block("mean", "w1@1", "correct", "0.9312", "0.931"),
]

NESTED = [
    *block("nested", "f", "correct", "343", "7³"),
    *block("nested", "df/dx1", "correct", "1176", "3·49·4·2", "12·2·49"),
    *block("nested", "df/dx2", "correct", "1470", "3·49·(2·2+6)", "147·10"),
    *block("nested", "df/dx2", "incorrect", "1176", "-1470", "147"),
    *block("nested", "df/dx2", "incomplete", "3v²(2u+6x2)", "6v²(u+3x2)", "∂f/∂v·∂v/∂u·1+∂f/∂v·6x2", "∂f/∂u + 3v²·6x₂"),
    *block("nested", "dv/dx2:direct", "correct", "6", "6·1"),
    *block("nested", "x2@1", "correct", "-0.47", "-0.470", "1-1.47"),
    *block("nested", "x1@1", "correct", "-0.676", "0.5-1.176"),
]

NEURON = [
    *block("neuron", "z", "correct", "1.1", "1.10", "11/10", "0.8·1.5−0.4·0.5+0.1"),
    *block("neuron", "z", "incorrect", "1.2", "1", "1.11", "1.0", "1.3"),
    *block(
        "neuron", "a", "correct", "0.750", "0.7503", "0.7502", "0.75026", "75.0%", "75.03%", "7.503e-1", "0.7502601"
    ),
    *block("neuron", "a", "correct", "0.750260105595117604209976842412062900", "a = 0.750", "≈ 0.7503"),
    *block("neuron", "a", "incomplete", "0.75", "0.8", "0.7", "75%", "7.5×10^-1"),
    *block("neuron", "a", "incomplete", "σ(1.1)", "1/(1+e^-1.1)", "e^1.1/(1+e^1.1)", "½(1+tanh(0.55))", "sigmoid(z)"),
    *block("neuron", "a", "incomplete", "σ(w1x1+w2x2+b)", "1/(1+e^(-z))", "1-σ(-z)", "a", "1/(1+1/e^1.1)"),
    *block("neuron", "a", "incorrect", "0.7501", "0.7504", "0.751", "0.749", "3/4", "0.76", "0.74", "1.1", "0.2497"),
    *block(
        "neuron", "a", "incorrect", "tanh(1.1)", "1/(1+e^1.1)", "σ(1.1)+1e-12", "σ(1.1000000000001)", "σ(1)", "0.8005"
    ),
    *block("neuron", "L", "correct", "0.0312", "0.0311", "0.03119", "0.03118", "3.12e-2", "3.12%"),
    *block("neuron", "L", "incomplete", "0.03", "0.031", "(a-t)²/2", "3.1%"),
    *block("neuron", "L", "incorrect", "0.0313", "0.0310", "0.0624", "0.25", "0.04", "0.0"),
    *block("neuron", "dL/da", "correct", "-0.250", "-0.249", "-0.2497", "-0.24974", "-0.24973"),
    *block("neuron", "dL/da", "incomplete", "-0.25", "-0.24", "a-t", "σ(1.1)-1", "-1/(1+e^1.1)"),
    *block("neuron", "dL/da", "incorrect", "-0.248", "-0.251", "-0.2498", "-1/4", "-0.5"),
    *block("neuron", "dL/dw1", "correct", "-0.0702", "-0.0701", "-0.07019", "-7.02e-2", "-7.02%"),
    *block("neuron", "dL/dw1", "incomplete", "-0.07", "-7%", "(a-t)a(1-a)x1", "∂L/∂z·x₁", "∂L/∂a·a(1-a)·x1"),
    *block("neuron", "dL/dw1", "incorrect", "0.0702", "-0.0703", "-0.0700", "-0.3746", "-0.0468", "-0.0351"),
    *block("neuron", "w1@1", "correct", "0.835", "0.8351", "0.8350", "0.83510", "0.83509"),
    *block("neuron", "w1@1", "incomplete", "0.84", "0.83", "0.8-0.5·∂L/∂w1", "w1-η∂L/∂w1", "0.8"),
    *block("neuron", "w1@1", "incorrect", "0.836", "0.834", "0.8352", "0.9"),
    *block("neuron", "b@1", "correct", "0.123", "0.1234", "0.1233"),
    *block("neuron", "b@1", "incomplete", "0.12", "0.1"),
]

OPTIMIZERS = [
    *block("momentum", "v_w@1", "correct", "6", "0.9·0+6"),
    *block("momentum", "v_w@1", "incorrect", "5.4", "-6"),
    *block("momentum", "v_w@1", "incorrect", "0.6", "-0.6", counts=False),  # other conventions
    *block("momentum", "w@1", "correct", "2.4", "2.40", "3-0.6", "12/5"),
    *block("momentum", "w@1", "incorrect", "3.6", "2.5"),
    *block("momentum", "w@1", "incorrect", "2.94", counts=False),  # another convention
    *block("momentum", "df/dw@1", "correct", "4.8", "2·2.4"),
    *block("momentum", "v_w@2", "correct", "10.2", "0.9·6+4.8", "v_w = 10.2", "v_w@2 = 10.2"),
    *block("momentum", "v_w@2", "incorrect", "4.8", "10.8", "5.88", "0.6", "10.3"),
    *block("momentum", "v_w@2", "incomplete", "0.9v_w@1 + ∂f/∂w@1", "β·6+4.8", "βv_w@1+2w@1"),
    *block("momentum", "v_w@2", "invalid", "v_w@1 = 10.2", "w = 10.2"),
    *block("momentum", "w@2", "correct", "1.38", "1.380", "2.4-1.02"),
    *block("momentum", "w@2", "incorrect", "1.39", "1.92", "3.42"),
    *block("momentum", "w@3", "correct", "0.186", "1.38-1.194"),
    *block("adam", "m_w@1", "correct", "0.2", "0.1·2", "0.20"),
    *block("adam", "m_w@1", "incorrect", "1.8", "2", "0.002"),
    *block("adam", "v_w@1", "correct", "0.004", "0.001·4", "4e-3"),
    *block("adam", "v_w@1", "incorrect", "0.002", "0.4"),
    *block("adam", "mhat_w@1", "correct", "2", "0.2/0.1", "m̂_w = 2", "mhat_w@1 = 2"),
    *block("adam", "vhat_w@1", "correct", "4", "0.004/(1-0.999)", "0.004/0.001"),
    *block("adam", "w@1", "correct", "0.900", "0.9000", "0.9000000005", "1-0.1·2/(2+10^-8)", "0.90000"),
    *block("adam", "w@1", "incomplete", "0.9", "0.90", "1-η·m̂_w/(√(v̂_w)+ε)", "1-0.1·2/(√4+10^-8)"),
    *block("adam", "w@1", "incorrect", "0.8", "1.1", "0.901", "0.899", "0.9000000006", "9/10", "1-0.1"),
]

PLAIN = [*FORMS, *UPDATES, *PLACES, *BATCHES, *NESTED, *NEURON, *OPTIMIZERS]
