package media

import (
	"slices"
	"strings"
)

// Limits of a briefing.
const (
	// MaxScenes keeps a briefing to some minutes: nobody listens to more.
	MaxScenes = 12
	// MaxCaption is four lines at arm's length on the smallest booth screen.
	MaxCaption = 240
)

// Languages that a briefing is in.
var Languages = []string{"id", "en"}

// SetScenes makes another briefing; none gives the bundled one back.
func (s *Store) SetScenes(scenes []Scene) error {
	if len(scenes) > MaxScenes {
		return wrong("scenes", "too_long", "A briefing has at most %d steps: nobody listens to more. Join or remove some.", MaxScenes)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, scene := range scenes {
		if err := s.list.checkScene(i+1, scene); err != nil {
			return err
		}
	}
	next := s.list.clone()
	next.Scenes = slices.Clone(scenes)
	return s.commit(next)
}

func (l List) checkScene(n int, scene Scene) error {
	for _, lang := range Languages {
		text := strings.TrimSpace(scene.Caption[lang])
		if text == "" {
			return wrong("scenes", "missing", "Step %d has no caption in %q. Whoever cannot hear needs it.", n, lang)
		}
		if len([]rune(text)) > MaxCaption {
			return wrong("scenes", "too_long", "The caption of step %d in %q has more than %d characters. Make two steps of it.", n, lang, MaxCaption)
		}
	}
	for lang := range scene.Caption {
		if !slices.Contains(Languages, lang) {
			return wrong("scenes", "bad_field", "Step %d has a caption in %q; captions are in id and en.", n, lang)
		}
	}
	for lang, file := range scene.Audio {
		if !slices.Contains(Languages, lang) || !l.has(Audio, file) {
			return wrong("scenes", "media_unknown", "Step %d names a recording for %q that was not uploaded as one.", n, lang)
		}
	}
	if scene.Picture != "" && !l.has(Picture, scene.Picture) {
		return wrong("scenes", "media_unknown", "Step %d names a picture that was not uploaded as one.", n)
	}
	return nil
}

func (l List) has(kind Kind, file string) bool {
	return slices.ContainsFunc(l.Items, func(it Item) bool { return it.Kind == kind && it.File == file })
}

// sceneWith is the first step that uses a file, from 1; 0 for none.
func (l List) sceneWith(file string) int {
	for i, scene := range l.Scenes {
		if scene.Picture == file {
			return i + 1
		}
		for _, audio := range scene.Audio {
			if audio == file {
				return i + 1
			}
		}
	}
	return 0
}
