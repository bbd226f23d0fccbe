using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MLNet.Transformers.Serving.Metrics;

/// <summary>The instruments of served models; each has the tag <c>model</c>, which is "default" for the pool's default model.</summary>
internal sealed class ServingMetrics
{
    public const string MeterName = "MLNet.Transformers.Serving";

    private readonly Counter<long> requests;
    private readonly Histogram<double> requestDuration;
    private readonly Counter<long> rows;
    private readonly UpDownCounter<long> queuedRows;
    private readonly Histogram<long> batchRows;
    private readonly Histogram<double> batchDuration;
    private readonly Gauge<long> modelVersion;
    private readonly Counter<long> modelFailures;

    public ServingMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        var seconds = new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        };
        requests = meter.CreateCounter<long>("prediction.requests", null, "Requests for predictions, by the status of the response.");
        requestDuration = meter.CreateHistogram("prediction.request.duration", "s", "From the arrival of a request to its answer.", null, seconds);
        rows = meter.CreateCounter<long>("prediction.rows", null, "Rows that the model has scored, or failed on.");
        queuedRows = meter.CreateUpDownCounter<long>("prediction.queue.rows", null, "Rows that wait for the model.");
        batchRows = meter.CreateHistogram("prediction.batch.rows", null, "Rows of a batch.", null, new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256],
        });
        batchDuration = meter.CreateHistogram("prediction.batch.duration", "s", "Time in which the model scores a batch.", null, seconds);
        modelVersion = meter.CreateGauge<long>("prediction.model.version", null, "1 for the first model, and one more for each that took over.");
        modelFailures = meter.CreateCounter<long>("prediction.model.failures", null, "Models that could not be loaded or served.");
    }

    public void Request(string model, int status, TimeSpan elapsed)
    {
        requests.Add(1, Model(model), new("status", status));
        requestDuration.Record(elapsed.TotalSeconds, Model(model));
    }

    public void RowsQueued(string model, int count) => queuedRows.Add(count, Model(model));

    public void RowsTaken(string model, int count) => queuedRows.Add(-count, Model(model));

    public void RowsAnswered(string model, int count, bool failed) => rows.Add(count, Model(model), new("outcome", failed ? "failed" : "scored"));

    public void ModelServed(string model, long version) => modelVersion.Record(version, Model(model));

    public void ModelFailed(string model) => modelFailures.Add(1, Model(model));

    /// <summary>Times a batch until it is disposed.</summary>
    public BatchTiming Batch(string model, int count) => new(this, model, count);

    private static KeyValuePair<string, object?> Model(string model) => new("model", model.Length == 0 ? "default" : model);

    /// <summary>A batch at work.</summary>
    public readonly struct BatchTiming(ServingMetrics metrics, string model, int count) : IDisposable
    {
        private readonly long start = Stopwatch.GetTimestamp();

        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(start);

        public void Dispose()
        {
            metrics.batchRows.Record(count, Model(model));
            metrics.batchDuration.Record(Elapsed.TotalSeconds, Model(model));
        }
    }
}
