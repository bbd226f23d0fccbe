using System.Collections;

namespace MLNet.Transformers.Serving.Models;

/// <summary>The rows of the batch at hand: the source of a data view that is made once and read for each batch.</summary>
internal sealed class BatchRows<TInput> : IEnumerable<TInput>
{
    /// <summary>The rows that the next cursors read.</summary>
    public IReadOnlyList<TInput> Rows { get; set; } = [];

    public IEnumerator<TInput> GetEnumerator() => Rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
