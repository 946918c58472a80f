// Package report is what a branch's days were: facts per day, and the figures of
// any period.
//
// It owns the Fold, which reads a journal's records in order and gives the facts
// of each day as it closes; the Day, which holds them as rows without ids, numbers
// or a time finer than the hour; and the Figures of a period, by hour, officer,
// programme, room, channel or day.
//
// It promises that the figures of a period are exact: days keep every wait, so a
// percentile over a month is that of the month's people and no mean of days'
// percentiles. Equal records give equal facts.
//
// It must never import anything of the hall, the screens or the network, and it
// never reads a clock: today so far is as of the last record.
package report
