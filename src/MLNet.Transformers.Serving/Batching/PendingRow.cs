namespace MLNet.Transformers.Serving.Batching;

/// <summary>A row that waits for its answer.</summary>
internal sealed class PendingRow<TInput, TOutput>(TInput input)
    where TInput : class, new()
    where TOutput : class, new()
{
    private readonly TaskCompletionSource<RowOutcome<TInput, TOutput>> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TInput Input => input;

    /// <summary>What became of the row; canceled where nobody wants it any more.</summary>
    public Task<RowOutcome<TInput, TOutput>> Outcome => answered.Task;

    public bool IsAbandoned => answered.Task.IsCanceled;

    public void Answer(RowOutcome<TInput, TOutput> outcome) => answered.TrySetResult(outcome);

    public void Abandon(CancellationToken cancellation) => answered.TrySetCanceled(cancellation);
}
