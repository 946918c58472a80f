// The words every screen needs. See catalogue.js; the JSON below is read by Go too.
export const words = {
  "language.id": ["Bahasa Indonesia", "Indonesian"],
  "language.en": ["Bahasa Inggris", "English"],
  "language.switch": ["Bahasa", "Language"],

  "feed.connecting": ["Menghubungkan ke server cabang…", "Connecting to the branch server…"],
  "feed.live": ["Tersambung", "Connected"],
  "feed.heard": ["Data per {clock}", "As of {clock}"],
  "feed.stale": ["Sambungan terputus. Angka di layar ini dari pukul {clock} dan mungkin sudah berubah.", "Connection lost. The figures on this screen are from {clock} and may have changed."],
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
  "time.range_hours": ["{low} – {high}", "{low} – {high}"],
  "time.at_least": ["lebih dari {span}", "over {span}"],
  "time.as_of": ["per pukul {clock}", "as of {clock}"],
  "time.unknown": ["belum diketahui", "not known yet"],

  "reading.units": ["nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan", "zero|one|two|three|four|five|six|seven|eight|nine"],
  "reading.teens": ["sepuluh|sebelas|dua belas|tiga belas|empat belas|lima belas|enam belas|tujuh belas|delapan belas|sembilan belas", "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"],
  "reading.tens": ["||dua puluh|tiga puluh|empat puluh|lima puluh|enam puluh|tujuh puluh|delapan puluh|sembilan puluh", "||twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"],
  "reading.call": ["Nomor antrean {numbers}, silakan masuk ke {room}.", "{count|Number|Numbers} {numbers}, please go to {room}."],
  "reading.recall": ["Panggilan ulang. Nomor antrean {numbers}, silakan masuk ke {room}.", "Second call. {count|Number|Numbers} {numbers}, please go to {room}."],
  "reading.undone": ["Nomor antrean {numbers}, mohon tunggu kembali.", "{count|Number|Numbers} {numbers}, please wait again."],

  "sound.unlock": ["Ketuk untuk menyalakan suara", "Tap to turn the sound on"],

  "words.number": ["Nomor antrean", "Queue number"],
  "words.room": ["Ruang", "Room"],
  "words.seat": ["Bilik", "Booth"],
  "words.claim": ["Klaim", "Claim"],
  "words.session": ["Sesi", "Session"],
  "words.officer": ["Petugas", "Officer"],
  "words.branch": ["Kantor cabang", "Branch"],
  "words.persons": ["{n} orang", "{n} {n|person|persons}"],
  "words.claims": ["{n} klaim", "{n} {n|claim|claims}"],

  "channel.walk_in": ["Datang langsung", "Walk-in"],
  "channel.online": ["Pesan daring", "Booked online"],
  "channel.collective": ["Kolektif perusahaan", "Company list"],

  "programme.jht": ["Jaminan Hari Tua (JHT)", "Old-age savings (JHT)"],
  "programme.jkk": ["Jaminan Kecelakaan Kerja (JKK)", "Work accident (JKK)"],
  "programme.jkm": ["Jaminan Kematian (JKM)", "Death benefit (JKM)"],
  "programme.jp": ["Jaminan Pensiun (JP)", "Pension (JP)"],
  "programme.jkp": ["Jaminan Kehilangan Pekerjaan (JKP)", "Job loss (JKP)"],

  "session.forming": ["Menyusun kelompok", "Forming"],
  "session.called": ["Dipanggil", "Called"],
  "session.seating": ["Silakan masuk", "Please enter"],
  "session.running": ["Berlangsung", "Running"],
  "session.closing": ["Menyelesaikan", "Finishing"],
  "session.cleaning": ["Dibersihkan", "Being cleaned"],
  "session.ended": ["Ruang siap", "Room ready"],
  "session.aborted": ["Dihentikan", "Stopped"],
  "session.empty": ["Kosong", "Empty"],

  "act.close": ["Tutup", "Close"]
};
