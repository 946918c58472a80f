package dice

import "math"

// normal turns a number strictly between 0 and 1 into the standard normal
// deviate with that much below it: a rational function near the middle and two
// in the tails (Wichura 1988, algorithm AS 241), exact to about 1e-15. A test
// holds it to a slower solution by Newton steps.
func normal(p float64) float64 {
	const middle, nearSquare, tailFrom = 0.425, 0.180625, 5.0
	q := p - 0.5
	if math.Abs(q) <= middle {
		r := nearSquare - float64(q*q)
		return q * rational(r, &middleTop, &middleBottom)
	}
	r := p
	if q > 0 {
		r = 1 - p
	}
	r = math.Sqrt(-ln(r))
	x := 0.0
	if r <= tailFrom {
		x = rational(r-1.6, &tailTop, &tailBottom)
	} else {
		x = rational(r-tailFrom, &farTop, &farBottom)
	}
	if q < 0 {
		return -x
	}
	return x
}

// rational is the quotient of two polynomials, the highest power first.
func rational(r float64, top, bottom *[8]float64) float64 {
	a, b := top[0], bottom[0]
	for i := 1; i < len(top); i++ {
		a = float64(a*r) + top[i]
		b = float64(b*r) + bottom[i]
	}
	return a / b
}

// The coefficients of AS 241, from the highest power to the lowest.
var (
	middleTop = [8]float64{2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
		13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080}
	middleBottom = [8]float64{5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
		5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1}
	tailTop = [8]float64{7.74545014278341407640e-4, 0.0227238449892691845833, 0.241780725177450611770, 1.27045825245236838258,
		3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734}
	tailBottom = [8]float64{1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.148103976427480074590,
		0.689767334985100004550, 1.67638483018380384940, 2.05319162663775882187, 1}
	farTop = [8]float64{2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.00124266094738807843860, 0.0265321895265761230930,
		0.296560571828504891230, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720}
	farBottom = [8]float64{2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
		0.0148753612908506148525, 0.136929880922735805310, 0.599832206555887937690, 1}
)
