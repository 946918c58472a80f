package journal

import (
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Doc returns the bytes kept under a name, or nil when there are none.
func (j *Journal) Doc(name string) ([]byte, error) {
	return j.get(bucketDocuments, name)
}

// PutDoc keeps at most MaxData bytes under a name, durably, in place of what was there: the labels of rooms, a
// notice, small settings. Never anything about a visitor: what is replaced stays readable in the file.
func (j *Journal) PutDoc(name string, data []byte) error {
	return j.put(bucketDocuments, name, data)
}

// JobDone returns the business date (2006-01-02) for which a daily job was last done, or "" when it never was.
func (j *Journal) JobDone(name string) (date string, err error) {
	b, err := j.get(bucketJobs, name)
	return string(b), err
}

// MarkJob keeps, durably, that a daily job was done for a business date (2006-01-02).
func (j *Journal) MarkJob(name, date string) error {
	if err := checkDate(date); err != nil {
		return err
	}
	return j.put(bucketJobs, name, []byte(date))
}

func checkDate(date string) error {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return fmt.Errorf("a business date is written 2006-01-02, not %q", date)
	}
	return nil
}

func checkName(name string) error {
	if name == "" || len(name) > MaxName {
		return fmt.Errorf("a name in the journal has 1 to %d bytes, not %d", MaxName, len(name))
	}
	return nil
}

func checkDoc(name string, data []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	if len(data) > MaxData {
		return fmt.Errorf("%w: the document %q has %d bytes, at most %d", ErrTooLarge, name, len(data), MaxData)
	}
	return nil
}

func (j *Journal) get(in []byte, name string) (v []byte, err error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	err = j.view(func(tx *bolt.Tx) error {
		v, err = getSealed(tx, in, []byte(name))
		return err
	})
	return v, err
}

func (j *Journal) put(in []byte, name string, data []byte) error {
	if err := checkDoc(name, data); err != nil {
		return err
	}
	j.writer.Lock()
	defer j.writer.Unlock()
	return j.write(int64(len(data)), func(tx *bolt.Tx) error {
		return putSealed(tx, in, []byte(name), data)
	})
}
