using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using MLNet.Transformers.Serving.Metrics;

namespace MLNet.Transformers.Tests.Serving;

public sealed class PrometheusTests : IDisposable
{
    private const string MeterName = "prometheus-tests";
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Meter meter;
    private readonly MetricCollector collector;

    public PrometheusTests()
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        meter = factory.Create(MeterName);
        collector = new MetricCollector(factory, [MeterName]);
    }

    [Fact]
    public void ACounterSumsByTags()
    {
        var counter = meter.CreateCounter<int>("http.calls", "{call}", "Calls,\nby \\ status.");
        counter.Add(2, new("status", 200), new("method", "GET"));
        counter.Add(3, new("method", "GET"), new("status", 200));
        counter.Add(1, new KeyValuePair<string, object?>("status", 500));
        Assert.Equal(
            """
            # HELP http_calls_total Calls,\nby \\ status.
            # TYPE http_calls_total counter
            http_calls_total{method="GET",status="200"} 5
            http_calls_total{status="500"} 1

            """, collector.Scrape());
    }

    [Fact]
    public void AHistogramIsCumulative()
    {
        var histogram = meter.CreateHistogram("wait", "s", "Waiting.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2.5] });
        foreach (var value in new[] { 0.25, 0.5, 0.75, 2.0, 7.5 })
        {
            histogram.Record(value);
        }
        histogram.Record(1, new KeyValuePair<string, object?>("room", "a"));
        Assert.Equal(
            """
            # HELP wait_seconds Waiting.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="0.5"} 2
            wait_seconds_bucket{le="1"} 3
            wait_seconds_bucket{le="2.5"} 4
            wait_seconds_bucket{le="+Inf"} 5
            wait_seconds_sum 11
            wait_seconds_count 5
            wait_seconds_bucket{room="a",le="0.5"} 0
            wait_seconds_bucket{room="a",le="1"} 1
            wait_seconds_bucket{room="a",le="2.5"} 1
            wait_seconds_bucket{room="a",le="+Inf"} 1
            wait_seconds_sum{room="a"} 1
            wait_seconds_count{room="a"} 1

            """, collector.Scrape());
    }

    [Fact]
    public void GaugesTellTheirLatestValueAndUpDownCountersTheirSum()
    {
        var level = meter.CreateGauge<double>("level");
        var depth = meter.CreateUpDownCounter<long>("depth");
        var observed = 1L;
        meter.CreateObservableCounter("seen", () => observed, "By");
        meter.CreateObservableGauge("heat", () => double.NaN);
        level.Record(double.PositiveInfinity);
        depth.Add(5);
        depth.Add(-2);
        collector.Scrape();
        observed = 7;
        Assert.Equal(
            """
            # HELP depth 
            # TYPE depth gauge
            depth 3
            # HELP heat 
            # TYPE heat gauge
            heat NaN
            # HELP level 
            # TYPE level gauge
            level +Inf
            # HELP seen_bytes_total 
            # TYPE seen_bytes_total counter
            seen_bytes_total 7

            """, collector.Scrape());
    }

    [Fact]
    public void LabelsAreEscaped()
    {
        meter.CreateGauge<int>("g").Record(1, new KeyValuePair<string, object?>("a.b", "quote \" back \\ line \n end"), new("empty", null));
        Assert.Contains("g{a_b=\"quote \\\" back \\\\ line \\n end\",empty=\"\"} 1\n", collector.Scrape(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.b-c", null, false, "a_b_c")]
    [InlineData("2x", "1", false, "_2x")]
    [InlineData("uptime", "s", false, "uptime_seconds")]
    [InlineData("uptime_seconds", "s", false, "uptime_seconds")]
    [InlineData("sent", "By", true, "sent_bytes_total")]
    [InlineData("sent_total", "{row}", true, "sent_total")]
    public void NamesAreTranslated(string name, string? unit, bool isCounter, string expected) =>
        Assert.Equal(expected, PrometheusText.Name(name, unit, isCounter));

    [Fact]
    public void OtherMetersAndThoseOfOtherApplicationsAreNotHeard()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        others.GetRequiredService<IMeterFactory>().Create(MeterName).CreateCounter<int>("theirs").Add(1);
        services.GetRequiredService<IMeterFactory>().Create("another").CreateCounter<int>("another").Add(1);
        Assert.Equal("", collector.Scrape());
    }

    [Fact]
    public void ManyThreadsLoseNothing()
    {
        var counter = meter.CreateCounter<long>("n");
        var histogram = meter.CreateHistogram<long>("h");
        Parallel.For(0, 4000, _ =>
        {
            counter.Add(1);
            histogram.Record(3);
        });
        var text = collector.Scrape();
        Assert.Contains("n_total 4000\n", text, StringComparison.Ordinal);
        Assert.Contains("h_bucket{le=\"5\"} 4000\n", text, StringComparison.Ordinal);
        Assert.Contains("h_sum 12000\n", text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        collector.Dispose();
        services.Dispose();
    }
}
