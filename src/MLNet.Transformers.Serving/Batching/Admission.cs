namespace MLNet.Transformers.Serving.Batching;

/// <summary>Whether a queue took what it was offered.</summary>
internal enum Admission
{
    /// <summary>It waits, and will be answered.</summary>
    Accepted,

    /// <summary>There is no room for it now.</summary>
    Full,

    /// <summary>Nothing is taken any more.</summary>
    Closed,
}
