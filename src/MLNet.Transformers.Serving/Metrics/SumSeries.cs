using System.Text;

namespace MLNet.Transformers.Serving.Metrics;

/// <summary>The sum of what was told.</summary>
internal sealed class SumSeries : MetricSeries
{
    private double sum;

    public override void Record(double value) => sum += value;

    public override void Write(StringBuilder text, string name, string labels) => WriteSample(text, name, labels, sum);
}
