// Package media keeps the pictures and sounds that a branch adds to its screens: the
// slides of the lobby, recordings that replace bundled clips of the voice, and the
// pieces of a briefing of its own.
//
// It owns one folder of the data directory: the files, named by what is in them, and
// list.json, which says what each is for. A file is there before the list names it and
// goes only after the list has forgotten it, so a crash leaves at worst a file that
// nobody names, which the next start removes.
//
// It promises that nothing is kept as it came: pictures are decoded, turned upright,
// made no larger than a wall needs and written anew, so no place, no camera and no
// script travels with them; sounds are read frame by frame and only their frames are
// kept. What a file claims to be counts for nothing; its bytes decide.
//
// It knows no rules, no people and no routes, and imports nothing of this module.
package media
