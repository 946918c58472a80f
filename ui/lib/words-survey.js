// The nine questions of the satisfaction survey (Permenpan RB 14/2017) and its answers,
// for whoever asks them and for the reports. U1 to U9, from 1 to 4.
export const words = {
  "survey_ask.u1": ["Kejelasan persyaratan layanan", "How clear the requirements were"],
  "survey_ask.u2": ["Kemudahan prosedur", "How easy the procedure was"],
  "survey_ask.u3": ["Kecepatan waktu pelayanan", "How quickly you were served"],
  "survey_ask.u4": ["Kewajaran biaya (layanan ini gratis)", "How fair the cost was (this service is free)"],
  "survey_ask.u5": ["Kesesuaian hasil dengan yang dijanjikan", "How well the outcome matched what was promised"],
  "survey_ask.u6": ["Kemampuan petugas", "How well the officer knew the work"],
  "survey_ask.u7": ["Kesopanan dan keramahan petugas", "How polite and friendly the officer was"],
  "survey_ask.u8": ["Kualitas sarana: ruang, bilik dan layar", "The room, the booth and the screens"],
  "survey_ask.u9": ["Penanganan pengaduan dan masukan", "How complaints and suggestions are handled"],

  "survey_item.u1": ["Persyaratan", "Requirements"],
  "survey_item.u2": ["Prosedur", "Procedure"],
  "survey_item.u3": ["Waktu", "Time"],
  "survey_item.u4": ["Biaya", "Cost"],
  "survey_item.u5": ["Hasil layanan", "Outcome"],
  "survey_item.u6": ["Kemampuan petugas", "Competence"],
  "survey_item.u7": ["Perilaku petugas", "Conduct"],
  "survey_item.u8": ["Sarana", "Facilities"],
  "survey_item.u9": ["Pengaduan", "Complaints"],

  "survey_answer.1": ["Tidak baik", "Poor"],
  "survey_answer.2": ["Kurang baik", "Fair"],
  "survey_answer.3": ["Baik", "Good"],
  "survey_answer.4": ["Sangat baik", "Very good"]
};
