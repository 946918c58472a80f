package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"lapak/hall"
	"lapak/hall/web"
)

// TestATrainingBranchIsApart: new staff practise on made-up people beside the real
// branch, which does not hear of it, and every page there is marked.
func TestATrainingBranchIsApart(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	var before, after struct {
		Visits []struct {
			ID int `json:"id"`
		} `json:"visits"`
	}
	h.post("wati", "/api/v1/visits", `{"claims":[{"programme":"JHT"}],"papers":"ready"}`)
	h.get("wati", "/api/v1/visits", &before)

	if a := h.ask("rina", http.MethodPost, "/api/v1/training", "", ""); a.code != http.StatusForbidden {
		t.Fatalf("an officer starts a training: %d %s", a.code, a.body)
	}
	var now, again web.TrainingState
	h.post("sari", "/api/v1/training", "").into(&now)
	h.post("sari", "/api/v1/training", "").into(&again)
	if !now.Running || now.Port == 0 || now != again {
		t.Fatalf("started %+v, and again %+v", now, again)
	}
	base := fmt.Sprintf("http://127.0.0.1:%d", now.Port)
	for _, path := range []string{"/", "/lobby", "/officer", "/kiosk"} {
		if body := fetched(t, base+path); !strings.Contains(body, `<html data-training="yes"`) {
			t.Errorf("%s of the training branch is not marked: %.120s", path, body)
		}
	}
	if body := fetched(t, base+"/api/v1/demo"); !strings.Contains(body, `"speed":1,`) || !strings.Contains(body, `"training":true`) {
		t.Errorf("the training branch is %s", body)
	}
	if body := fetched(t, base+"/api/v1/visits"); strings.Count(body, `"number"`) < 50 {
		t.Errorf("the training branch has no crowd: %.300s", body)
	}
	if body := fetched(t, h.base+"/lobby"); strings.Contains(body, "data-training") {
		t.Error("the real branch's lobby is marked as a training")
	}
	h.get("wati", "/api/v1/visits", &after)
	if len(after.Visits) != len(before.Visits) {
		t.Errorf("the real branch has %d visits, and had %d before the training", len(after.Visits), len(before.Visits))
	}

	h.ask("sari", http.MethodDelete, "/api/v1/training", "", "").good()
	if resp, err := http.Get(base + "/healthz"); err == nil {
		resp.Body.Close()
		t.Errorf("the training branch still answers: %s", resp.Status)
	}
	h.get("sari", "/api/v1/training", &now)
	if now.Running {
		t.Errorf("it has ended, and is %+v", now)
	}
}

func fetched(t *testing.T, address string) string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s %v", address, resp.Status, err)
	}
	return string(b)
}
