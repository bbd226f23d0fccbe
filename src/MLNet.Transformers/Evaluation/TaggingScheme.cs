namespace MLNet.Transformers;

/// <summary>How the tags of words spell entities of several words.</summary>
public enum TaggingScheme
{
    /// <summary>
    /// B- begins an entity and I- goes on; an I- that nothing of its type goes before begins one too, as
    /// <see href="https://www.cnts.ua.ac.be/conll2000/chunking/output.html">conlleval</see> and seqeval read it by default.
    /// </summary>
    Iob,

    /// <summary>B- begins an entity and I- goes on; an I- that nothing of its type goes before is of no entity.</summary>
    Iob2,

    /// <summary>B- begins an entity, I- goes on, L- is its last word, U- an entity of one word; one without its last word is none.</summary>
    Bilou,

    /// <summary>A tag is a type; neighbours of one type are one entity, and <c>O</c> is none.</summary>
    Plain,
}
