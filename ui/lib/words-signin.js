// Words of signing in.
export const words = {
  "signin.title": ["Masuk", "Sign in"],
  "signin.name": ["Nama masuk", "Sign-in name"],
  "signin.password": ["Kata sandi", "Password"],
  "signin.enter": ["Masuk", "Sign in"],
  "signin.both": ["Isi nama dan kata sandi.", "Type the name and the password."],
  "signin.forgot": ["Lupa kata sandi? Kepala cabang menggantinya di halaman Petugas. Kepala cabang sendiri: di PC server dengan perintah lapak user password NAMA.", "Forgot the password? The branch manager sets a new one on the People page. The manager’s own: on the server’s PC with the command lapak user password NAME."],
  "signin.leave": ["Keluar", "Sign out"]
};
