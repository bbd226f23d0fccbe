namespace Microsoft.ML.Runtime;

/// <summary>Something whose work, and that of all it registered, can be called off.</summary>
internal interface ICancelable
{
    bool IsCanceled { get; }

    void CancelExecution();
}
