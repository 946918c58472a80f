package procedure

// A step that has lasted a while is not a fresh one: whoever filled a form for
// ten minutes has fewer left than the mean of twelve, and whoever is at it for
// twenty still has some. LeftS gives the mean residual life of a lognormal
// duration, E[X − a | X > a] = E·Φ((σ²/2 − ln a/E)/σ) / Φ((−σ²/2 − ln a/E)/σ) − a
// with σ² = ln(1 + cv²), which follows from the lognormal's partial expectation
// (Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, chapter
// 14). The rules count in whole numbers, so it is a table; a test works it out
// anew.

// The table's rows are spreads of 10, 20 … 120 percent; its columns ages of 0,
// 1/4 … 4 means. The entries are thousandths of the mean.
const (
	leftCvStep  = 10
	leftColumns = 4 // for one mean
)

var leftPermille = [...][17]int64{
	{1000, 750, 500, 251, 83, 44, 34, 30, 28, 27, 27, 27, 27, 27, 28, 28, 29},
	{1000, 750, 500, 280, 171, 130, 113, 106, 102, 101, 101, 102, 103, 104, 106, 108, 110},
	{1000, 750, 507, 341, 264, 231, 216, 209, 207, 208, 210, 213, 217, 222, 227, 232, 237},
	{1000, 750, 533, 413, 361, 338, 330, 328, 331, 337, 343, 351, 360, 369, 378, 388, 398},
	{1000, 753, 573, 491, 459, 449, 450, 457, 467, 479, 493, 507, 522, 537, 552, 568, 583},
	{1000, 761, 622, 572, 559, 563, 575, 591, 610, 630, 652, 674, 696, 718, 741, 763, 785},
	{1000, 775, 677, 653, 659, 677, 701, 728, 757, 786, 816, 847, 877, 908, 938, 968, 998},
	{1000, 795, 734, 735, 758, 790, 827, 865, 904, 944, 984, 1024, 1063, 1102, 1141, 1179, 1218},
	{1000, 820, 793, 816, 857, 903, 952, 1002, 1052, 1102, 1152, 1201, 1250, 1298, 1346, 1393, 1439},
	{1000, 847, 852, 897, 953, 1014, 1076, 1137, 1198, 1259, 1319, 1378, 1436, 1493, 1550, 1606, 1661},
	{1000, 878, 911, 976, 1048, 1123, 1197, 1270, 1343, 1414, 1484, 1553, 1620, 1687, 1753, 1818, 1882},
	{1000, 909, 969, 1053, 1141, 1229, 1316, 1401, 1484, 1566, 1646, 1725, 1802, 1878, 1953, 2027, 2099},
}

// LeftS returns the seconds that a step is expected to last beyond those it
// has lasted: at least 1, the whole mean for a fresh step. A spread outside 10
// to 120 percent counts as the nearest of them, an age beyond four means as
// four: nothing is known of so old a step but that it has not ended.
func (s Step) LeftS(ageS int64) int64 {
	mean := int64(max(1, s.MeanS))
	if ageS <= 0 {
		return mean
	}
	cv := min(max(s.CvPct, leftCvStep), leftCvStep*len(leftPermille)) - leftCvStep
	row, part := cv/leftCvStep, int64(cv%leftCvStep)
	left := leftAt(row, ageS, mean)
	if part > 0 {
		left += (leftAt(row+1, ageS, mean) - left) * part / leftCvStep
	}
	return max(1, left*mean/(1000*leftScale))
}

// leftScale keeps three more digits while two entries are mixed.
const leftScale = 1000

// leftAt is a row's entry at an age, between two columns by proportion, in
// millionths of the mean.
func leftAt(row int, ageS, mean int64) int64 {
	at := min(ageS, 4*mean) * leftColumns * leftScale / mean
	column, part := at/leftScale, at%leftScale
	left := leftPermille[row][column] * leftScale
	if part > 0 {
		left += (leftPermille[row][column+1] - leftPermille[row][column]) * part
	}
	return left
}
