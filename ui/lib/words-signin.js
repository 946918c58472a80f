// Words of signing in.
export const words = {
  "signin.title": ["Masuk", "Sign in"],
  "signin.name": ["Nama masuk", "Sign-in name"],
  "signin.password": ["Kata sandi", "Password"],
  "signin.enter": ["Masuk", "Sign in"],
  "signin.both": ["Isi nama dan kata sandi.", "Type the name and the password."],
  "signin.forgot": ["Lupa kata sandi? Kepala cabang menggantinya di halaman Petugas. Kepala cabang sendiri: buat akun baru di PC server dengan perintah lapak user add --role manager NAMA.", "Forgot the password? The branch manager sets a new one on the People page. The manager’s own: add an account on the server’s PC with the command lapak user add --role manager NAME."],
  "signin.leave": ["Keluar", "Sign out"]
};
