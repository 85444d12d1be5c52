"""Where to turn with what the corpus does not answer."""

from qa_service.corpus.lexicon import Lexicon

_ANYWHERE = "具体以主管部门公布的文件为准，也可拨打 12345 政务服务热线咨询。"


def referral_for(normal: str, lexicon: Lexicon) -> str:
    """Return the sentence that says where to turn, by what a question, in normal form, speaks of.

    The corpus lists whom to ask for what, the first that fits first; the channels in it are confirmed ones.
    """
    fitting = (r.text for r in lexicon.referrals if not r.words or any(word in normal for word in r.words))
    return next(fitting, _ANYWHERE)
