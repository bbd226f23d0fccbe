namespace Microsoft.ML.Data;

/// <summary>How many keys a key type has; null where that is still to be found out.</summary>
public sealed class KeyCount
{
    public ulong? Count;

    public KeyCount()
    {
    }

    public KeyCount(ulong count)
    {
        if (count == 0)
        {
            throw Contracts.ExceptParam(nameof(count),
                $"The cardinality of valid values of a {nameof(KeyDataViewType)} column has to be strictly positive.");
        }

        Count = count;
    }
}
