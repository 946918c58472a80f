// Words of the first set-up.
export const words = {
  "setup.title": ["Menyiapkan kantor cabang", "Setting up the branch"],
  "setup.lead": ["Tautan ini berlaku satu kali. Dengannya dibuat kepala cabang pertama; yang lain ditambahkan sesudahnya.", "This link works once. It makes the first branch manager; everybody else is added afterwards."],
  "setup.step_1": ["Kepala cabang pertama", "The first branch manager"],
  "setup.step_2": ["Ruang dan bilik", "Rooms and booths"],
  "setup.step_3": ["Petugas dan perangkat", "Officers and devices"],
  "setup.form": ["Siapa kepala cabangnya?", "Who is the branch manager?"],
  "setup.no_token": ["Alamat ini tidak lengkap. Buka tautan dari PC server apa adanya, sampai ke huruf terakhir.", "This address is incomplete. Open the link from the server's PC as it is, to the last letter."],
  "setup.display": ["Nama", "Name"],
  "setup.display_why": ["Seperti yang terlihat oleh rekan kerja.", "As colleagues see it."],
  "setup.name": ["Nama masuk", "Sign-in name"],
  "setup.name_why": ["Huruf kecil, angka, titik; misalnya siti.r", "Lower-case letters, digits, points; for example siti.r"],
  "setup.password": ["Kata sandi", "Password"],
  "setup.password_why": ["Paling sedikit 12 huruf. Tiga atau empat kata yang tidak berhubungan mudah diingat dan sulit ditebak.", "At least 12 characters. Three or four unrelated words are easy to remember and hard to guess."],
  "setup.again": ["Kata sandi sekali lagi", "The password once more"],
  "setup.both": ["Isi nama masuk dan kata sandi.", "Type a sign-in name and a password."],
  "setup.differ": ["Kedua kata sandi belum sama.", "The two passwords differ."],
  "setup.create": ["Buat kepala cabang", "Create the branch manager"],
  "setup.done": ["Kepala cabang sudah dibuat", "The branch manager was made"],
  "setup.done_why": ["Tautan tadi tidak berlaku lagi. Berikutnya: gambar satu ruang dan tambahkan petugas.", "The link no longer works. Next: draw a room and add an officer."],
  "setup.go": ["Lanjutkan ke layar kepala cabang", "Go on to the manager's screen"]
};
