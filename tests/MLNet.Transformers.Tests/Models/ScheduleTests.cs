using System.Globalization;
using System.Text.Json;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

public class ScheduleTests
{
    [Theory]
    [InlineData(Schedule.Constant)]
    [InlineData(Schedule.Linear)]
    [InlineData(Schedule.Cosine)]
    [InlineData(Schedule.InverseSquareRoot)]
    public void RatesFollowThePublishedFormulas(Schedule schedule)
    {
        const int Steps = 40;
        foreach (var warmUp in new[] { 0, 1, 10, 40 })
            for (var step = 0; step < Steps; step++)
            {
                var progress = (step - warmUp) / (double)(Steps - warmUp);
                var expected = step < warmUp ? (step + 1.0) / (warmUp + 1) : schedule switch
                {
                    Schedule.Constant => 1,
                    Schedule.Linear => 1 - progress,
                    Schedule.Cosine => 0.5 + 0.5 * Math.Cos(Math.PI * progress),
                    _ => Math.Sqrt((warmUp + 1.0) / (step + 1)),
                };
                Assert.Equal(expected, schedule.At(step, Steps, warmUp), 1e-12);
            }
    }

    [PyTorchTheory]
    [InlineData(20, 5)]
    [InlineData(97, 30)]
    [InlineData(10, 9)]
    public void OneCycleIsPyTorchs(int steps, int warmUp)
    {
        var expected = JsonSerializer.Deserialize<double[]>(PyTorch.Run("training.py", "one-cycle", Text(steps), Text(warmUp)))!;
        Assert.Equal(steps, expected.Length);
        for (var step = 0; step < steps; step++)
            Assert.Equal(expected[step], Schedule.OneCycle.At(step, steps, warmUp), 1e-12);

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 0)]
    public void EveryStepOfAShortTrainingHasARate(int steps, int warmUp)
    {
        foreach (var schedule in Enum.GetValues<Schedule>())
            for (var step = 0; step < steps; step++)
                Assert.InRange(schedule.At(step, steps, warmUp), 1e-7, 1);
    }

    [Fact]
    public void AScheduleThatIsNoneIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Schedule)99).At(0, 1, 0));
}
