// Package past reads days that were out of a journal's records, so that they can be
// rehearsed again under another policy, with the people who came then.
//
// It owns what such a day shows (Day), how it is read (Recorder), and fresh days
// drawn from several (Resample). It promises that the same records give the same day,
// and that a day played again under its own settings is much like the day that was.
// It must never import anything of the hall or the screens.
package past
