package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"time"

	"muchan/api"
)

// steps are how long the steps of making an image took, edit by edit.
type steps map[string][]time.Duration

// note takes what the server's metrics say of the current image.
func (s steps) note(server *api.Server) {
	for labels, seconds := range gauges(server, "muchan_image_step_seconds") {
		s[labels] = append(s[labels], time.Duration(seconds*float64(time.Second)))
	}
}

// String is the median of each step, in the order of the steps.
func (s steps) String() string {
	var parts []string
	for _, step := range []string{"read", "scored", "tabled", "drawn", "swapped"} {
		if took := s[fmt.Sprintf("step=%q", step)]; len(took) > 0 {
			slices.Sort(took)
			parts = append(parts, fmt.Sprintf("%s %v", step, took[len(took)/2].Round(time.Millisecond)))
		}
	}
	return strings.Join(parts, ", ")
}

// imageBytes tells what the image of the parcels takes for each of so many.
func imageBytes(server *api.Server, parcels int) string {
	held := gauges(server, "muchan_image_bytes")
	var parts []string
	for _, part := range []string{"outlines", "public", "viewer", "analyst"} {
		parts = append(parts, fmt.Sprintf("%s %.0f", part, held[fmt.Sprintf("layer=%q,part=%q", "parcels", part)]/float64(parcels)))
	}
	return strings.Join(parts, ", ")
}

// gauges are the values of one of the server's metrics, by its labels.
func gauges(server *api.Server, name string) map[string]float64 {
	answer := httptest.NewRecorder()
	server.Metrics().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	values := map[string]float64{}
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		rest, ours := strings.CutPrefix(lines.Text(), name+"{")
		labels, value, whole := strings.Cut(rest, "} ")
		if f, err := strconv.ParseFloat(value, 64); ours && whole && err == nil {
			values[labels] = f
		}
	}
	return values
}
