package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// stamp tells one state of the file from another. Writing by rename gives every state an inode of its own.
type stamp struct {
	size    int64
	changed time.Time
	info    os.FileInfo
}

func (s stamp) same(o stamp) bool {
	if s.info == nil || o.info == nil {
		return s.info == nil && o.info == nil
	}
	return s.size == o.size && s.changed.Equal(o.changed) && os.SameFile(s.info, o.info)
}

// refresh reads the file again when it changed. Whatever cannot be read lets nobody in: the error goes up. Called with mu held.
func (a *Accounts) refresh() error {
	info, err := os.Stat(a.path)
	if errors.Is(err, fs.ErrNotExist) {
		a.use(file{}, stamp{})
		return nil
	}
	if err != nil {
		return fmt.Errorf("accounts: %w", err)
	}
	now := stamp{info.Size(), info.ModTime(), info}
	if a.stamp.same(now) {
		return nil
	}
	f, err := read(a.path)
	if err != nil {
		return err
	}
	a.use(f, now)
	return nil
}

func read(path string) (file, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return file{}, fmt.Errorf("accounts: %w", err)
	}
	var f file
	if err := json.Unmarshal(b, &f); err != nil {
		return file{}, fmt.Errorf("accounts %s: %w", path, err)
	}
	if f.Version != 1 {
		return file{}, fmt.Errorf("accounts %s: version %d is not known: use a newer muchan", path, f.Version)
	}
	return f, nil
}

func (a *Accounts) use(f file, s stamp) {
	a.file, a.stamp, a.token = f, s, map[string]tokenAt{}
	for i := range f.Accounts {
		for j, t := range f.Accounts[i].Tokens {
			a.token[t.Hash] = tokenAt{i, j}
		}
	}
}

// change reads, changes and writes the file while no other process does.
func (a *Accounts) change(edit func(*file) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	unlock, err := lock(a.path + ".lock")
	if err != nil {
		return err
	}
	defer unlock()
	f := file{Version: 1}
	if old, err := read(a.path); err == nil {
		f = old
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := edit(&f); err != nil {
		return err
	}
	if err := write(a.path, f); err != nil {
		return err
	}
	return a.reload()
}

// reload reads what was just written.
func (a *Accounts) reload() error {
	a.use(file{}, stamp{})
	return a.refresh()
}

// write replaces the file whole: temporary file, sync, rename, sync of the folder.
func write(path string, f file) (err error) {
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return fmt.Errorf("accounts: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".accounts-*") // mode 0600
	if err != nil {
		return fmt.Errorf("accounts: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	_, werr := tmp.Write(append(b, '\n'))
	if err := errors.Join(werr, tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("write accounts: %w", err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("write accounts: %w", err)
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync accounts: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
