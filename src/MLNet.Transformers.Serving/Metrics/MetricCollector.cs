using System.Diagnostics.Metrics;
using System.Text;

namespace MLNet.Transformers.Serving.Metrics;

/// <summary>Listens to the meters of some names and keeps what their instruments tell, as a scrape wants it.</summary>
/// <remarks>Meters of another application in the same process are told apart by their factory; those of no factory belong to all.</remarks>
internal sealed class MetricCollector : IDisposable
{
    private readonly SortedDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    public MetricCollector(IMeterFactory factory, IReadOnlyCollection<string> meters)
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            var meter = instrument.Meter;
            if (meters.Contains(meter.Name) && (meter.Scope is null || ReferenceEquals(meter.Scope, factory)))
            {
                listener.EnableMeasurementEvents(instrument, Family(instrument));
            }
        };
        Listen<byte>(value => value);
        Listen<short>(value => value);
        Listen<int>(value => value);
        Listen<long>(value => value);
        Listen<float>(value => value);
        Listen<double>(value => value);
        Listen<decimal>(value => (double)value);
        listener.Start();
    }

    /// <summary>All that is known now, in Prometheus' text format.</summary>
    public string Scrape()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (families)
        {
            foreach (var family in families.Values)
            {
                family.Write(text);
            }
        }
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private MetricFamily Family(Instrument instrument)
    {
        var family = MetricFamily.Of(instrument);
        lock (families)
        {
            // Two instruments of one name are one family: a scrape must not have it twice.
            return families.TryGetValue(family.Name, out var known) ? known : families[family.Name] = family;
        }
    }

    private void Listen<T>(Func<T, double> convert)
        where T : struct =>
        listener.SetMeasurementEventCallback<T>((_, value, tags, family) => ((MetricFamily)family!).Record(convert(value), tags));
}
