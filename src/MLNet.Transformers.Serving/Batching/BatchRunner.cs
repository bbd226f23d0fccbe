using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MLNet.Transformers.Serving.Metrics;
using MLNet.Transformers.Serving.Models;

namespace MLNet.Transformers.Serving.Batching;

/// <summary>
/// Takes batches from the queue and has the current model score them, one batch at a time, on a thread of its own: the threads
/// of the server stay free, and native libraries that keep workers for each thread that calls them keep one set.
/// </summary>
internal sealed class BatchRunner<TInput, TOutput> : IHostedLifecycleService
    where TInput : class, new()
    where TOutput : class, new()
{
    private readonly BatchedPredictionOptions options;
    private readonly ModelKeeper<TInput, TOutput> models;
    private readonly ServingMetrics metrics;
    private readonly BatchQueue<PendingRow<TInput, TOutput>> queue;
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double secondsPerRow;
    private volatile bool stopping;

    public BatchRunner(IOptionsMonitor<BatchedPredictionOptions> monitor, ModelKeeper<TInput, TOutput> models, ServingMetrics metrics)
    {
        options = monitor.Get(OptionsName.Of<TInput, TOutput>());
        this.models = models;
        this.metrics = metrics;
        queue = new(options.QueueCapacity);
    }

    /// <summary>Whether the end has begun: what comes now should go elsewhere.</summary>
    public bool IsStopping => stopping;

    /// <summary>How long the rows that wait now will take, as far as the latest batches tell.</summary>
    public TimeSpan Backlog => TimeSpan.FromSeconds(queue.Count * Volatile.Read(ref secondsPerRow));

    /// <summary>Queues the rows of a request: all of them, or none.</summary>
    public Admission Add(IReadOnlyCollection<PendingRow<TInput, TOutput>> rows)
    {
        var admission = queue.Add(rows);
        if (admission == Admission.Accepted)
        {
            metrics.RowsQueued(options.ModelName, rows.Count);
        }
        return admission;
    }

    /// <summary>Abandons rows: those that still wait leave the queue.</summary>
    public void Abandon(IReadOnlyCollection<PendingRow<TInput, TOutput>> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            row.Abandon(cancellation);
        }
        metrics.RowsTaken(options.ModelName, queue.Remove(row => row.IsAbandoned));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Run) { IsBackground = true, Name = $"Batches of {typeof(TInput).Name}" }.Start();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Accepts nothing more, after the delay, and waits until all that was accepted is answered. The server is still there, so that
    /// who asks is told: by the health check from the beginning, with status 503 after the delay.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        await Task.Delay(options.ShutdownDelay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        queue.Complete();
        await finished.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        return finished.Task.WaitAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Run()
    {
        var batch = new List<PendingRow<TInput, TOutput>>();
        while (queue.Take(options.MaxBatchRows, options.MaxWait, batch))
        {
            metrics.RowsTaken(options.ModelName, batch.Count);
            batch.RemoveAll(row => row.IsAbandoned);
            if (batch.Count > 0)
            {
                // Rows are accepted only after a model is there, and from then on there always is one.
                Score(models.Current!, batch.ToArray());
                batch.Clear();
            }
        }
        finished.SetResult();
    }

    private void Score(ServedModel<TInput, TOutput> model, ArraySegment<PendingRow<TInput, TOutput>> rows)
    {
        try
        {
            var outputs = Timed(model, rows);
            metrics.RowsAnswered(options.ModelName, rows.Count, failed: false);
            foreach (var (row, output) in rows.Zip(outputs))
            {
                row.Answer(new(model, output, null));
            }
        }
        catch (ObjectDisposedException) when (models.Successor(model) is { } successor)
        {
            // Later versions of the pool dispose of a replaced model at once.
            Score(successor, rows);
        }
        catch (Exception exception) when (rows.Count == 1)
        {
            metrics.RowsAnswered(options.ModelName, 1, failed: true);
            rows[0].Answer(new(model, null, exception));
        }
        catch (Exception)
        {
            // Some row is to blame: halves find it in few runs, and its neighbours get their answers.
            var half = rows.Count / 2;
            Score(model, rows[..half]);
            Score(model, rows[half..]);
        }
    }

    private TOutput[] Timed(ServedModel<TInput, TOutput> model, ArraySegment<PendingRow<TInput, TOutput>> rows)
    {
        using var timing = metrics.Batch(options.ModelName, rows.Count);
        var outputs = model.Score([.. rows.Select(row => row.Input)]);
        // A moving mean, in which the latest batch counts a tenth.
        var seconds = timing.Elapsed.TotalSeconds / rows.Count;
        Volatile.Write(ref secondsPerRow, secondsPerRow == 0 ? seconds : (0.9 * secondsPerRow) + (0.1 * seconds));
        return outputs;
    }
}
