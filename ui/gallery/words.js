// Words of the gallery page.
export const words = {
  "gallery.title": ["Galeri bagian layar", "Gallery of screen parts"],
  "gallery.sub": ["Data buatan. Tidak ada orang sungguhan.", "Made-up data. No real people."],
  "gallery.room": ["Ruang", "A room"],
  "gallery.states": ["Keadaan", "States"],
  "gallery.acts": ["Tombol dan jawabannya", "Buttons and their answers"],
  "gallery.figures": ["Angka", "Figures"],
  "gallery.next": ["Panggil kelompok berikutnya", "Call the next group"],
  "gallery.save": ["Simpan", "Save"],
  "gallery.refill": ["Isi bilik 4", "Refill booth 4"],
  "gallery.abort": ["Hentikan sesi", "Stop the session"],
  "gallery.wait": ["Perkiraan menunggu", "Expected wait"],
  "gallery.longest": ["Paling lama menunggu", "Longest wait"],
  "gallery.load": ["Isi ruang", "Room in use"],
  "gallery.note": ["Catatan", "Note"]
};
