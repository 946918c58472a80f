// Words of the shared parts: seats, plans, buttons, shortcuts.
export const words = {
  "seat.free": ["Kosong", "Free"],
  "seat.expected": ["Menunggu peserta", "Expected"],
  "seat.preparing": ["Menyiapkan sendiri", "Preparing"],
  "seat.ready": ["Menunggu petugas", "Ready for the officer"],
  "seat.with_officer": ["Bersama petugas", "With the officer"],
  "seat.gathering": ["Menunggu kelompok", "Waiting for the group"],
  "seat.beside": ["Mendampingi", "Beside"],
  "seat.cleaning": ["Dibersihkan", "Being cleaned"],
  "seat.closed": ["Ditutup", "Closed"],
  "seat.unusable": ["Terlalu dekat", "Too close"],
  "seat.accessible": ["ramah disabilitas", "accessible"],

  "map.room": ["Denah {room}", "Plan of {room}"],
  "map.seat": ["Bilik {no}, {state}", "Booth {no}, {state}"],
  "map.seat_number": ["Bilik {no}, {state}, nomor {number}", "Booth {no}, {state}, number {number}"],
  "map.scale": ["1 m", "1 m"],
  "map.officer": ["Petugas", "Officer"],

  "work.sending": ["Mengirim…", "Sending…"],
  "work.settling": ["Tersimpan, menunggu layar…", "Saved, waiting for the screen…"],
  "work.retrying": ["Jaringan terputus. Perintah yang sama dikirim ulang; tidak akan ganda.", "Network lost. The same command is being sent again; it cannot happen twice."],
  "work.unsure": ["Belum ada jawaban dari server. Tekan lagi bila sambungan pulih: perintah yang sama tidak akan ganda.", "No answer from the server. Press again when the connection is back: the same command cannot happen twice."],
  "work.offline": ["Tidak tersambung. Tombol menunggu sampai data terbaru tiba.", "Not connected. The buttons wait until fresh data arrives."],

  "keys.title": ["Tombol pintas", "Keyboard shortcuts"],
  "keys.help": ["Daftar tombol pintas", "List of shortcuts"],
  "keys.enabled": ["Tombol satu huruf aktif", "Single-key shortcuts are on"],
  "keys.why": ["Matikan bila Anda memakai perintah suara atau tombol sering tertekan.", "Turn them off if you use voice control or keys get pressed by accident."]
};
