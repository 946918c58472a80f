package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"lapak/scheduler"
)

// maxForm bounds a form of the visitor's page: nine answers and a key.
const maxForm = 2 << 10

// pressed is a form of the visitor's page, for phones without JavaScript and with it.
// It becomes the same command as its API's route, and the answer is the page anew,
// with the sentence of a refusal on it.
func pressed(make func(v *scheduler.Visit, form url.Values) (scheduler.Command, error)) task {
	return plain(func(c *call) (reply, error) {
		ticketHeaders(c.w.Header())
		l := c.sayingsOf()
		form, err := c.readForm()
		if err == nil {
			err = c.press(form, make)
		}
		if err == nil {
			return c.toPage(l, "")
		}
		p, known := problemOf(err)
		switch {
		case errors.Is(err, errNotFound):
			return c.plainPage(l, http.StatusNotFound, "visitor.closed", "visitor.closed_why")
		case !known || p.Status >= http.StatusInternalServerError:
			return reply{}, err
		}
		return c.toPage(l, p.Code)
	})
}

func (c *call) press(form url.Values, make func(v *scheduler.Visit, form url.Values) (scheduler.Command, error)) error {
	v, err := c.ticket()
	if err != nil {
		return err
	}
	cmd, err := make(v, form)
	if err != nil {
		return err
	}
	_, err = c.submitVisitor(v, cmd)
	return err
}

// readForm reads the body and the key that a form carries as a field.
func (c *call) readForm() (url.Values, error) {
	kind, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, refuse(http.StatusUnsupportedMediaType, "unsupported_media_type", "This address takes the form of the visitor's page.")
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, maxForm))
	if err != nil {
		return nil, refuse(http.StatusRequestEntityTooLarge, "body_too_large", "The form is larger than the %d bytes that it may have.", maxForm)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "bad_request", "The form could not be read.")
	}
	key := form.Get("key")
	if key == "" || len(key) > maxKey {
		return nil, badField(http.StatusBadRequest, "idempotency_key_missing", "key", "A form carries its Idempotency-Key as a hidden field. Load the page again.")
	}
	c.commandID, c.print = c.s.commandID(key), c.s.fingerprint(c.r, body)
	return form, nil
}

// toPage leads back to the page, so that going back or reloading sends nothing twice.
func (c *call) toPage(l sayings, said string) (reply, error) {
	q := url.Values{"lang": {l.lang}}
	if said != "" {
		q.Set("said", said)
	}
	c.w.Header().Set("Location", "/v/"+url.PathEscape(c.param("link"))+"?"+q.Encode())
	c.w.WriteHeader(http.StatusSeeOther)
	return reply{written: true}, nil
}

func pressCancel(v *scheduler.Visit, _ url.Values) (scheduler.Command, error) {
	return scheduler.Cancel{Visit: v.ID}, nil
}

func pressStepOut(v *scheduler.Visit, _ url.Values) (scheduler.Command, error) {
	return scheduler.StepOut{Visit: v.ID}, nil
}

func pressResume(v *scheduler.Visit, _ url.Values) (scheduler.Command, error) {
	return scheduler.Resume{Visit: v.ID}, nil
}

func pressSurvey(v *scheduler.Visit, form url.Values) (scheduler.Command, error) {
	b := surveyForm{Answers: make([]int, scheduler.SurveyItems)}
	for i := range b.Answers {
		if text := form.Get("u" + strconv.Itoa(i+1)); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil {
				return nil, badField(http.StatusUnprocessableEntity, "out_of_range", "answers", "An answer is a number from 1 to %d.", scheduler.SurveyTop)
			}
			b.Answers[i] = n
		}
	}
	return surveyTicket(v, b)
}
