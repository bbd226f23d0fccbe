using System.Text;

namespace MLNet.Transformers.Serving.Metrics;

/// <summary>How many values fell under each boundary.</summary>
internal sealed class HistogramSeries(double[] boundaries) : MetricSeries
{
    // One more than boundaries, for what is greater than all.
    private readonly long[] counts = new long[boundaries.Length + 1];
    private double sum;

    /// <summary>The default of <see href="https://opentelemetry.io/docs/specs/otel/metrics/sdk/#explicit-bucket-histogram-aggregation">OpenTelemetry</see>.</summary>
    public static double[] UsualBoundaries { get; } = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    public override void Record(double value)
    {
        // A boundary belongs to the bucket below it.
        var at = Array.BinarySearch(boundaries, value);
        counts[at < 0 ? ~at : at]++;
        sum += value;
    }

    public override void Write(StringBuilder text, string name, string labels)
    {
        var prefix = labels.Length == 0 ? "" : labels + ",";
        var below = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            below += counts[bucket];
            var boundary = bucket < boundaries.Length ? boundaries[bucket] : double.PositiveInfinity;
            WriteSample(text, name + "_bucket", $"{prefix}le=\"{PrometheusText.Number(boundary)}\"", below);
        }
        WriteSample(text, name + "_sum", labels, sum);
        WriteSample(text, name + "_count", labels, below);
    }
}
