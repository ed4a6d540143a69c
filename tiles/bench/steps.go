package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"muchan/api"
)

// steps are how long the steps of making an image took, edit by edit.
type steps map[string][]time.Duration

// note takes what the server's metrics say of the current image.
func (s steps) note(server *api.Server) {
	answer := httptest.NewRecorder()
	server.Metrics().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		rest, ours := strings.CutPrefix(lines.Text(), "muchan_image_step_seconds{step=")
		if !ours {
			continue
		}
		var step string
		var seconds float64
		if _, err := fmt.Sscanf(rest, "%q} %g", &step, &seconds); err == nil {
			s[step] = append(s[step], time.Duration(seconds*float64(time.Second)))
		}
	}
}

// String is the median of each step, in the order of the steps.
func (s steps) String() string {
	var parts []string
	for _, step := range []string{"read", "scored", "tabled", "drawn", "swapped"} {
		if took := s[step]; len(took) > 0 {
			slices.Sort(took)
			parts = append(parts, fmt.Sprintf("%s %v", step, took[len(took)/2].Round(time.Millisecond)))
		}
	}
	return strings.Join(parts, ", ")
}
