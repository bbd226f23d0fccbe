using System.Text;

namespace MLNet.Transformers.Serving.Metrics;

/// <summary>What was told last.</summary>
internal sealed class LastSeries : MetricSeries
{
    private double last;

    public override void Record(double value) => last = value;

    public override void Write(StringBuilder text, string name, string labels) => WriteSample(text, name, labels, last);
}
