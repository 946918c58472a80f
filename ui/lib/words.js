// The words every screen needs. See catalogue.js; the JSON below is read by Go too.
export const words = {
  "language.switch": ["Bahasa", "Language"],

  "feed.connecting": ["Menghubungkan ke server cabang…", "Connecting to the branch server…"],
  "feed.stale_never": ["Belum tersambung ke server cabang. Layar ini akan mencoba terus.", "Not yet connected to the branch server. This screen keeps trying."],
  "feed.stopped.signed_out": ["Sesi masuk Anda sudah berakhir. Silakan masuk kembali.", "You have been signed out. Please sign in again."],
  "feed.stopped.forbidden": ["Akun atau perangkat ini tidak boleh membuka layar ini. Mintalah kepala cabang mengubah perannya.", "This account or device may not open this screen. Ask the branch manager to change its role."],
  "feed.stopped.unknown": ["Layar ini menunjuk ruang atau bilik yang tidak ada lagi. Pilih kembali di pengaturan perangkat.", "This screen points at a room or booth that no longer exists. Choose again in the device settings."],
  "feed.stopped.replaced": ["Layar ini dibuka lagi di tempat lain. Muat ulang di sini untuk memakainya di sini.", "This screen was opened again elsewhere. Reload here to use it here."],

  "time.seconds": ["{n} detik", "{n} {n|second|seconds}"],
  "time.minutes": ["{n} menit", "{n} min"],
  "time.hours": ["{n} jam", "{n} h"],
  "time.hours_minutes": ["{h} jam {m} menit", "{h} h {m} min"],
  "time.days": ["{n} hari", "{n} {n|day|days}"],
  "time.under_minute": ["kurang dari 1 menit", "under 1 min"],
  "time.range_minutes": ["{low}–{high} menit", "{low}–{high} min"],
  "time.at_least": ["lebih dari {span}", "over {span}"],
  "time.as_of": ["per pukul {clock}", "as of {clock}"],
  "wait.nobody": ["belum dapat diperkirakan", "cannot be told yet"],
  "wait.counting": ["sedang dihitung", "being worked out"],

  "words.room_no": ["Ruang {n}", "Room {n}"],
  "words.seat_no": ["Bilik {n}", "Booth {n}"],
  "words.side_desk": ["Meja samping", "Side desk"],

  "channel.walk_in": ["Datang langsung", "Walk-in"],
  "channel.online": ["Pesanan online", "Booked online"],
  "channel.collective": ["Kolektif perusahaan", "Company list"],

  "session.forming": ["Menyusun kelompok", "Forming"],
  "session.called": ["Dipanggil", "Called"],
  "session.seating": ["Silakan masuk", "Please enter"],
  "session.running": ["Berlangsung", "Running"],
  "session.closing": ["Menyelesaikan", "Finishing"],
  "session.cleaning": ["Dibersihkan", "Being cleaned"]
};
