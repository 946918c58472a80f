// Words of signing in.
export const words = {
  "signin.title": ["Masuk", "Sign in"],
  "signin.name": ["Nama masuk", "Sign-in name"],
  "signin.password": ["Kata sandi", "Password"],
  "signin.enter": ["Masuk", "Sign in"],
  "signin.both": ["Isi nama dan kata sandi.", "Type the name and the password."],
  "signin.forgot": ["Lupa kata sandi? Kepala cabang dapat menggantinya.", "Forgot the password? The branch manager can set a new one."],
  "signin.leave": ["Keluar", "Sign out"]
};
