namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>Time that passes when a test says so.</summary>
internal sealed class ScriptedTime : TimeProvider
{
    private long ticks;

    public double Seconds => ticks / (double)TimestampFrequency;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Pass(double seconds) => ticks += (long)(seconds * TimestampFrequency);
}
