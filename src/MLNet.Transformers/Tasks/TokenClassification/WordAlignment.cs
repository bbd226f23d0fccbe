namespace MLNet.Transformers;

/// <summary>Which tokens of a word learn its tag.</summary>
public enum WordAlignment
{
    /// <summary>The first, as section 5.3 of <see href="https://arxiv.org/abs/1810.04805">BERT</see> has it; nothing is learnt from the others.</summary>
    First,

    /// <summary>All of them; those after the first as inside an entity where the word begins one (I- for B-).</summary>
    All,
}
