using System.Collections.Concurrent;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>A thread that inspects models for one request after the other, beside the predictions; few of them may wait.</summary>
internal sealed class InspectionThread : IDisposable
{
    private const int MostWaiting = 8;

    private readonly BlockingCollection<Action> waiting = new(MostWaiting);

    public InspectionThread() => new Thread(Run) { IsBackground = true, Name = "Inspections" }.Start();

    /// <summary>What <paramref name="work"/> gives; null where too many wait already.</summary>
    public Task<T>? TryRun<T>(Func<T> work, CancellationToken cancellation)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        return waiting.TryAdd(Finish) ? outcome.Task : null;

        void Finish()
        {
            if (cancellation.IsCancellationRequested)
            {
                outcome.SetCanceled(cancellation);
                return;
            }
            try
            {
                outcome.SetResult(work());
            }
            catch (Exception exception)
            {
                outcome.SetException(exception);
            }
        }
    }

    /// <summary>Ends the thread, after the work that waits.</summary>
    public void Dispose() => waiting.CompleteAdding();

    private void Run()
    {
        foreach (var finish in waiting.GetConsumingEnumerable())
        {
            finish();
        }
        waiting.Dispose();
    }
}
