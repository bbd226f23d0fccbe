namespace Microsoft.ML.Data;

/// <summary>Makes a key column of a member that holds unsigned whole numbers from 0.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KeyTypeAttribute : Attribute
{
    public KeyTypeAttribute() => throw Contracts.ExceptNotSupp(null, "Using KeyType without the Count parameter is not supported");

    public KeyTypeAttribute(ulong count) => KeyCount = new(count);

    internal KeyCount KeyCount { get; }
}
