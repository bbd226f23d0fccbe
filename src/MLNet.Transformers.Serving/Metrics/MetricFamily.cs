using System.Diagnostics.Metrics;
using System.Text;

namespace MLNet.Transformers.Serving.Metrics;

/// <summary>An instrument's series, one for each set of tags.</summary>
internal sealed class MetricFamily
{
    /// <summary>Tags that never repeat would fill the memory; what comes beyond is not kept.</summary>
    private const int MostSeries = 2000;

    private readonly SortedDictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
    private readonly string help;
    private readonly string type;
    private readonly Func<MetricSeries> create;

    private MetricFamily(string name, string help, string type, Func<MetricSeries> create)
    {
        Name = name;
        this.help = help;
        this.type = type;
        this.create = create;
    }

    /// <summary>The name in a scrape.</summary>
    public string Name { get; }

    public static MetricFamily Of(Instrument instrument)
    {
        var kind = instrument.GetType() is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : instrument.GetType();
        var isCounter = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        var name = PrometheusText.Name(instrument.Name, instrument.Unit, isCounter);
        var help = instrument.Description ?? "";
        return kind == typeof(Histogram<>) ? new MetricFamily(name, help, "histogram", () => new HistogramSeries(Boundaries(instrument)))
            : kind == typeof(Counter<>) ? new MetricFamily(name, help, "counter", () => new SumSeries())
            : kind == typeof(ObservableCounter<>) ? new MetricFamily(name, help, "counter", () => new LastSeries())
            : kind == typeof(UpDownCounter<>) ? new MetricFamily(name, help, "gauge", () => new SumSeries())
            : new MetricFamily(name, help, "gauge", () => new LastSeries());
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        lock (series)
        {
            if (!series.TryGetValue(labels, out var one))
            {
                if (series.Count >= MostSeries)
                {
                    return;
                }
                series[labels] = one = create();
            }
            one.Record(value);
        }
    }

    /// <summary>Writes the family, if it has a series.</summary>
    public void Write(StringBuilder text)
    {
        lock (series)
        {
            if (series.Count == 0)
            {
                return;
            }
            text.Append("# HELP ").Append(Name).Append(' ').Append(PrometheusText.Help(help)).Append('\n');
            text.Append("# TYPE ").Append(Name).Append(' ').Append(type).Append('\n');
            foreach (var (labels, one) in series)
            {
                one.Write(text, Name, labels);
            }
        }
    }

    private static double[] Boundaries(Instrument instrument) => instrument switch
    {
        Histogram<byte> of => Boundaries(of.Advice),
        Histogram<short> of => Boundaries(of.Advice),
        Histogram<int> of => Boundaries(of.Advice),
        Histogram<long> of => Boundaries(of.Advice),
        Histogram<float> of => Boundaries(of.Advice),
        Histogram<double> of => Boundaries(of.Advice),
        Histogram<decimal> of => Boundaries(of.Advice),
        _ => HistogramSeries.UsualBoundaries,
    };

    private static double[] Boundaries<T>(InstrumentAdvice<T>? advice)
        where T : struct =>
        advice?.HistogramBucketBoundaries is { } boundaries ? [.. boundaries.Select(boundary => Convert.ToDouble(boundary, null))] : HistogramSeries.UsualBoundaries;
}
