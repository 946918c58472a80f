package web

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"time"

	"lapak/hall/media"
)

// Media is what the routes need of the branch's own pictures and sounds.
type Media interface {
	List() media.List
	Rev() int64
	Add(n media.New) (media.Item, error)
	Change(id int64, c media.Change) (media.Item, error)
	Remove(id int64) error
	SetScenes(scenes []media.Scene) error
	File(name string) (data []byte, mime string, err error)
}

// uploadTime is how long an upload may take: the largest over the worst office
// network.
const uploadTime = 90 * time.Second

// showing are those whose screens show slides and play sounds.
const showing = signedIn | display | booth | kiosk | demo

func (s *Server) aboutMedia() []route {
	one := api + "/media/:id"
	return []route{
		{method: get, path: api + "/media", allow: showing, kind: read, task: plain(getMedia)},
		{method: post, path: api + "/media", allow: leading, kind: change, limit: media.MaxUpload, task: task{raw: true, run: addMedia}},
		{method: patch, path: one, allow: leading, kind: change, task: with(changeMedia)},
		{method: remove, path: one, allow: leading, kind: change, task: plain(removeMedia)},
		{method: get, path: api + "/media/files/:file", allow: showing, kind: read, task: plain(getMediaFile)},
		{method: put, path: api + "/briefing", allow: leading, kind: change, task: with(setBriefing)},
	}
}

// mediaView is everything that the branch added, and what may be added.
type mediaView struct {
	Rev    int64         `json:"rev"`
	Items  []media.Item  `json:"items"`
	Scenes []media.Scene `json:"scenes"`
	Limits mediaLimits   `json:"limits"`
}

type mediaLimits struct {
	Items      int   `json:"items"`
	TotalBytes int64 `json:"total_bytes"`
	ImageBytes int64 `json:"image_bytes"`
	ClipBytes  int64 `json:"clip_bytes"`
	AudioBytes int64 `json:"audio_bytes"`
	ClipMS     int64 `json:"clip_ms"`
	AudioMS    int64 `json:"audio_ms"`
	Scenes     int   `json:"scenes"`
	Caption    int   `json:"caption"`
	Title      int   `json:"title"`
}

func getMedia(c *call) (reply, error) {
	if _, err := c.query(); err != nil {
		return reply{}, err
	}
	return c.mediaView()
}

func (c *call) mediaView() (reply, error) {
	l := c.s.o.Media.List()
	return ok(mediaView{Rev: l.Rev, Items: append([]media.Item{}, l.Items...), Scenes: append([]media.Scene{}, l.Scenes...),
		Limits: mediaLimits{Items: media.MaxItems, TotalBytes: media.MaxTotal, ImageBytes: media.MaxImage, ClipBytes: media.MaxClip,
			AudioBytes: media.MaxAudio, ClipMS: media.MaxClipMS, AudioMS: media.MaxAudioMS, Scenes: media.MaxScenes,
			Caption: media.MaxCaption, Title: media.MaxTitle}})
}

// clipName is the name of a bundled clip, as the announcer says it: language and word.
var clipName = regexp.MustCompile(`^((id|en)/)?[a-z0-9-]{1,40}$`)

// addMedia takes the bytes of one file; what it is for stands in the address.
func addMedia(c *call) (reply, error) {
	q, err := c.query("kind", "for", "title")
	if err != nil {
		return reply{}, err
	}
	n := media.New{Kind: media.Kind(q.Get("kind")), For: q.Get("for"), Title: q.Get("title"), Data: c.body, Now: c.s.o.Branch.Now()}
	switch {
	case len(c.body) == 0:
		return reply{}, badField(http.StatusUnprocessableEntity, "missing", "file", "The body must be the file itself. Send its bytes.")
	case n.Kind == media.Clip && !c.bundled(n.For):
		return reply{}, badField(http.StatusUnprocessableEntity, "bad_field", "for",
			"There is no bundled clip of that name to take the place of. Choose one of the list.")
	case n.Kind != media.Clip && n.For != "":
		return reply{}, badField(http.StatusUnprocessableEntity, "bad_field", "for", "Only a clip takes the place of another; leave this out.")
	}
	item, err := c.s.o.Media.Add(n)
	if err != nil {
		return reply{}, mediaRefusal(err)
	}
	c.s.o.Feed.Changed()
	return created(item)
}

// bundled tells whether the program brings a clip of that name.
func (c *call) bundled(name string) bool {
	if !clipName.MatchString(name) {
		return false
	}
	_, err := fs.Stat(c.s.o.UI.FS(), "clips/"+name+".mp3")
	return err == nil
}

type mediaForm struct {
	Title *string `json:"title"`
	Place *int    `json:"place"`
}

func changeMedia(c *call, b mediaForm) (reply, error) {
	id, err := number[int64](c, "id", "media")
	if err != nil {
		return reply{}, err
	}
	item, err := c.s.o.Media.Change(id, media.Change{Title: b.Title, Place: b.Place})
	if err != nil {
		return reply{}, mediaRefusal(err)
	}
	c.s.o.Feed.Changed()
	return ok(item)
}

func removeMedia(c *call) (reply, error) {
	id, err := number[int64](c, "id", "media")
	if err != nil {
		return reply{}, err
	}
	if err := c.s.o.Media.Remove(id); err != nil {
		return reply{}, mediaRefusal(err)
	}
	c.s.o.Feed.Changed()
	return c.mediaView()
}

type briefingForm struct {
	Scenes []sceneForm `json:"scenes" need:"true"`
}

type sceneForm struct {
	Caption wordsForm  `json:"caption" need:"true"`
	Audio   *filesForm `json:"audio"`
	Picture string     `json:"picture"`
}

// wordsForm is one text in both languages.
type wordsForm struct {
	ID string `json:"id" need:"true"`
	EN string `json:"en" need:"true"`
}

// filesForm names a recording per language; either may be left out.
type filesForm struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

func setBriefing(c *call, b briefingForm) (reply, error) {
	scenes := make([]media.Scene, len(b.Scenes))
	for i, scene := range b.Scenes {
		scenes[i] = media.Scene{Caption: map[string]string{"id": scene.Caption.ID, "en": scene.Caption.EN}, Picture: scene.Picture}
		if scene.Audio == nil {
			continue
		}
		scenes[i].Audio = map[string]string{}
		for lang, file := range map[string]string{"id": scene.Audio.ID, "en": scene.Audio.EN} {
			if file != "" {
				scenes[i].Audio[lang] = file
			}
		}
	}
	if err := c.s.o.Media.SetScenes(scenes); err != nil {
		return reply{}, mediaRefusal(err)
	}
	return c.mediaView()
}

// mediaPolicy holds a file that a browser is made to show as a page to nothing at all.
const mediaPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

// getMediaFile sends one file. Its name follows from its bytes, so a browser may keep
// it; only for itself, because not everybody may ask.
func getMediaFile(c *call) (reply, error) {
	name := c.param("file")
	if !media.ValidFile(name) {
		return reply{}, errNotFound
	}
	data, kind, err := c.s.o.Media.File(name)
	if errors.Is(err, media.ErrUnknown) {
		return reply{}, errNotFound
	}
	if err != nil {
		return reply{}, err
	}
	h := c.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", mediaPolicy)
	h.Set("Content-Disposition", "inline")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("ETag", `"`+name+`"`)
	http.ServeContent(c.w, c.r, name, time.Time{}, bytes.NewReader(data))
	return reply{written: true}, nil
}

// mediaRefusal gives the refusals of the store their status.
func mediaRefusal(err error) error {
	var field *media.FieldError
	switch {
	case errors.Is(err, media.ErrUnknown):
		return refuse(http.StatusNotFound, "media_gone", "This file is not kept any more. Load the list again.")
	case errors.As(err, &field):
		status := http.StatusUnprocessableEntity
		switch field.Code {
		case "body_too_large":
			status = http.StatusRequestEntityTooLarge
		case "unsupported_media_type":
			status = http.StatusUnsupportedMediaType
		case "media_in_use", "too_many_entries", "media_full":
			status = http.StatusConflict
		}
		return badField(status, field.Code, field.Field, "%s", field.Reason)
	}
	return err
}

// readRaw reads the bytes of an upload within the limit.
func readRaw(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	control := http.NewResponseController(w)
	// A connection that cannot do it (a test's) has no deadlines either.
	_ = control.SetReadDeadline(time.Now().Add(uploadTime))
	_ = control.SetWriteDeadline(time.Now().Add(uploadTime + WriteTimeout))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, badField(http.StatusRequestEntityTooLarge, "body_too_large", "file", "The file has more than the %d MB that are taken. Save it smaller.", limit>>20)
	case err != nil:
		return nil, refuse(http.StatusBadRequest, "bad_request", "The upload ended early or could not be read. Send it again.")
	case len(body) > 0 && r.Header.Get("Content-Type") != "application/octet-stream":
		return nil, refuse(http.StatusUnsupportedMediaType, "unsupported_media_type", "Send the file's bytes with Content-Type: application/octet-stream; what it is shows in them.")
	}
	return body, nil
}
