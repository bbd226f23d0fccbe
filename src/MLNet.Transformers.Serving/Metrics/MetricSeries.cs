using System.Text;

namespace MLNet.Transformers.Serving.Metrics;

/// <summary>What one instrument told under one set of tags.</summary>
internal abstract class MetricSeries
{
    public abstract void Record(double value);

    /// <summary>Writes the series; <paramref name="labels"/> are without braces.</summary>
    public abstract void Write(StringBuilder text, string name, string labels);

    protected static void WriteSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }
        text.Append(' ').Append(PrometheusText.Number(value)).Append('\n');
    }
}
