#include "image/warm_pictures.h"

#include "base/base32.h"

namespace keepsake::image {
namespace {

struct Picture {
  Format format;
  const char* base32;
};

constexpr Picture pictures[] = {
    {Format::jpeg,
     "77mp7wyaimacqha6empbskbdeers2kziga6giqj4g43ty62ylvewjematgli7aemrkqljzwducvnvlmkrtep7s6253277777tp"
     "a777777l76n7p77d75wacdaevs2lj4gu6hmqkbo34kldff7d4pr6hy7d4pr6hy7d4pr6hy7d4pr6hy7d4pr6hy7d4pr6hy7d4p"
     "r6hy7d4pr6hy7d4pr6hy7d4pr6hy77aaaeiiaaiaaeadaeraaaqraebrcap7yqabiaabaaaaaaaaaaaaaaaaaaaaaaaaad74ia"
     "aucaaqaaaaaaaaaaaaaaaaaaaaaaaab76eaakacaiaaaaaaaaaaaaaaaaaaaaaaaaa77caafaraeaaaaaaaaaaaaaaaaaaaaaa"
     "aaap7wqabqbqcaaccebrcab7aaaa776z"},
    {Format::png,
     "rfie4rynbinauaaaaagusscekiaaaaaqaaaaaeaiaiaaaaeqsfudmaaaaaexasczomaaaa7iaaaah2abwv5ve2yaaaabiskeif"
     "kcreldnaqbcmemnimnkmd4guaaajmeqaii5lun7aaaaaaajfcu4rfoijqie"},
    {Format::webp,
     "kjeumrxyaaaaav2fijifmubylafaaaaabaaaaaapaaaa6aaakzidqiayaaaaauabacoqckqqaaiaaaqagqs2iaaeoqaabzcaaa"
     "aekwcji25aaaaaiv4gszqaabeuskqabaaaaaagaajacayaaeaaaaabaaaaagqbauaacaaaablaaaaadmaqkaabaaaaaxqaaaac"
     "qaidaaaqaaaaaiaaaaataibqaaiaaaaacaaaabuyobaaaeaaaadgaaaaaaaaaaadqyyaaduagaaahbrqaahiamaaabqaaciaoa"
     "aeaaaaambsgeyadeihaacaaaaaaebagaaauadqabaaaaadamjqgaa2aayaaeaaaah774aaaavaaqaacaaaaaiaaaaaaoqaiaab"
     "aaaaaeaaaaaaaaaaaa"},
    {Format::heic,
     "aaaaahdgor4xa2dfnfrqaaaaabwwszrrnbswsy3nnfqwmaaaagww2zlumeaaaaaaaaaaailimrwheaaaaaaaaaaaabygsy3uaa"
     "aaaaaaaaaaaaaaaaaaaaaaaahha2lunuaaaaaaaabaaaaacbuwiyluaaaaaaaacaabaaaaaa4gs3dpmmaqaaaairaaaaqaaeaa"
     "aaaaaaaaduiaaeaaaaaaaaaaahqaaiaacaaaaaaaaaaaaeaaaaaaaaaaacaaaaadq2ljnztaaaaaaaaaeaaaaakws3tgmubaaa"
     "abaaaqaadiozrtcaaaaaabk2lomzsqeaaaaaaaeaaam5zgszaaaaaabwdjobzhaaaaac3gs4ddn4aaaadwnb3ggqybanyaaaaa"
     "aaaaaaaaaappaah47x4pqaaab4bsaaabaameaaimah776a3qaaaagaeqaaaagaaaamab5oqciaqqaaiafjbacaidoaaaaayasa"
     "aaaayaaabqahvaecaqlfxkv2nonycaidaiaaaaamaiaaaaamaiiiqaaeaamrabyfz4dciaaaabi2ltobsqaaaaaaaaaacaaaaa"
     "aqaaaaabi2ltobsqaaaaaaaaaaaqaaaaaeaaaaaba4djpbuqaaaaaabqqcaiaaaaagtjobwwcaaaaaaaaaaaaiaacaubaiaaea"
     "qdqqaaaaa2nfzgkzqaaaaaaaaaaahgi2lnm4aaeaabaaaqaaaaezwwiyluaaaaagriagxveoze4zk4clinbcsrkpupqslpk2lw"
     "mcf24jx2"},
    {Format::avif,
     "aaaaahdgor4xaylwnftaaaaaabqxm2lgnvuwmmlnnfqwmaaaadvg2zlumeaaaaaaaaaaailimrwheaaaaaaaaaaaabygsy3uaa"
     "aaaaaaaaaaaaaaaaaaaaaaaahha2lunuaaaaaaaaaqaaaaejuwy33daaaaaaceiaaacaabaaaaaaabbyaacaaaaaaaaaaacuaa"
     "aabdnfuw4zqaaaaaaaabaaaaafljnztgkaqaaaaaaaiaabqxmmbraaaaaadknfyhe4aaaaaew2lqmnxqaaaacnrw63dsnzrwy6"
     "aaaiaaeaagqaaaaaammf3dcq4baagaaaaaaakgs43qmuaaaaaaaaaaaeaaaaabaaaaaaiha2lyneaaaaaaameaqcaaaaabo2lq"
     "nvqqaaaaaaaaaaabaaaqjamcaocaaaaadvwwiyluciaauciybt75qicaidiiamqgdgaaaacqau"},
    {Format::tiff,
     "jfesuaayaaaaa6e4nnqeabineoga6acbhqeacaaqaaaacayaaeaaaaaqaaaaaaibamaacaaaaaiaaaaaaiaqgaabaaaaacaaaa"
     "aagaidaaaqaaaabaaaaaagaebqaaiaaaaacaaaaaiqcbaaaeaaaaaiaaaaaeqbamaacaaaaaaqaaaacuaqgaabaaaaaaiaaaab"
     "maidaaaqaaaaqaaaaaaxaecaaaiaaaaa6aaaaanacbiaaeaaaag6aaaaagybauaacaaaadtaaaaadqaqgaabaaaaaaiaaaacqa"
     "idaaaqaaaaamaaaab5aebqaaiaaaaaeaaaabjqcayaaeaaaaabaaaaaaaaaaaauaaaaaaqaaaabiaaaaabaaaaa"},
    {Format::gif,
     "i5eumobzmeiaaeaaqaaaar3qjsaibabb74fu4rkuknbucucfgixdaaybaaaaaipzaqcqaaaaaawaaaaaaaiaaeaaaaba5depvh"
     "f62d5dts2nvc5thycqaoy"},
};

}  // namespace

Bytes warm_picture(Format format) {
  for (const auto& picture : pictures)
    if (picture.format == format) return base32_decode(picture.base32).value();
  return {};
}

}  // namespace keepsake::image
