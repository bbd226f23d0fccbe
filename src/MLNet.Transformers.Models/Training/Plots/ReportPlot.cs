using System.Globalization;

namespace MLNet.Transformers.Models;

/// <summary>Draws a report: the loss, the metric where there was validation, the rate and the pace, over the steps.</summary>
internal sealed class ReportPlot(TrainingReport report)
{
    private const double Width = 760;
    private const double Left = 72;
    private const double Right = 736;
    private const double Header = 132;
    private const double Gap = 64;

    private const string Styles =
        """
        text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1f2933; }
        .paper { fill: #ffffff; }
        .title { font-size: 20px; font-weight: 600; }
        .summary { font-size: 13px; fill: #52606d; }
        .name { font-size: 13px; font-weight: 600; }
        .key { font-size: 12px; fill: #52606d; }
        .tick { font-size: 11px; fill: #7b8794; text-anchor: middle; }
        .left { text-anchor: end; }
        .grid { stroke: #e4e7eb; }
        .axis { stroke: #9aa5b1; }
        .epoch { stroke: #cbd2d9; stroke-dasharray: 2 4; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .training { stroke: #2b6cb0; }
        .validation { stroke: #dd6b20; }
        .validated { fill: #dd6b20; stroke: #ffffff; stroke-width: 1.5; }
        .best { fill: none; stroke: #dd6b20; stroke-width: 2; }
        .minor { fill: none; stroke: #718096; stroke-width: 1.5; stroke-linejoin: round; }
        """;

    private readonly SvgWriter svg = new();
    private readonly PlotScale steps = PlotScale.Upto(report.Steps, 8, Left, Right);
    private double top = Header;

    public string Draw()
    {
        svg.Text(Left, 40, "Training", "title");
        svg.Text(Left, 62, Summary, "summary");
        if (Best is { } best)
            svg.Text(Left, 82, Text($"best in epoch {best.Epoch}: {report.MetricName} {best.Metric:0.####}, loss {best.Loss:0.####}"), "summary");
        DrawLoss();
        if (report.Validation.Count > 0)
            DrawMetric();
        DrawMinor("Learning rate", [.. report.Training.Select(point => ((double)point.Step, point.LearningRate))]);
        DrawMinor("Tokens a second, padding not counted", [.. report.Training.Select(point => ((double)point.Step, point.TokensPerSecond))]);
        svg.Text((Left + Right) / 2, top - 26, "steps", "tick");
        return svg.Document(Width, top - 4, "Training: " + Summary, Styles);
    }

    private void DrawLoss()
    {
        var panel = Panel("Loss", 200, 5, report.Training.Select(point => point.Loss).Concat(report.Validation.Select(point => point.Loss)));
        Key(Right - 190, "training", "curve training");
        panel.Curve([.. report.Training.Select(point => ((double)point.Step, point.Loss))], "curve training");
        if (report.Validation.Count > 0)
        {
            Key(Right - 90, "validation", "curve validation");
            DrawValidation(panel, point => point.Loss);
        }
    }

    private void DrawMetric() =>
        DrawValidation(Panel($"Validation {report.MetricName}", 140, 4, report.Validation.Select(point => point.Metric)), point => point.Metric);

    private void DrawMinor(string title, IReadOnlyList<(double Step, double Value)> points) =>
        Panel(title, 70, 2, points.Select(point => point.Value).Append(0)).Curve(points, "minor");

    private void DrawValidation(PlotPanel panel, Func<ValidationPoint, double> value)
    {
        panel.Curve([.. report.Validation.Select(point => ((double)point.Step, value(point)))], "curve validation");
        foreach (var point in report.Validation)
        {
            panel.Dot(point.Step, value(point), 4, "validated");
            if (point.Epoch == report.BestEpoch)
                panel.Dot(point.Step, value(point), 7, "best");
        }
    }

    /// <summary>The next panel down, with a line at the end of every validated epoch while there are few.</summary>
    private PlotPanel Panel(string title, double height, int ticks, IEnumerable<double> shown)
    {
        var area = new PlotArea(Left, top, Right, top + height);
        if (report.Validation.Count <= 50)
            foreach (var point in report.Validation)
                svg.Line(steps.At(point.Step), area.Top, steps.At(point.Step), area.Bottom, "epoch");
        top += height + Gap;
        return new PlotPanel(svg, title, area, steps, ticks, shown);
    }

    private void Key(double x, string name, string style)
    {
        svg.Line(x, Header - 16, x + 20, Header - 16, style);
        svg.Text(x + 26, Header - 12, name, "key");
    }

    private string Summary =>
        Text($"{report.Steps:#,0} steps · {report.Tokens:#,0} tokens · {report.PaddingShare * 100:0.#} % padding · {report.TokensPerSecond:#,0} tokens/s");

    private ValidationPoint? Best => report.Validation.FirstOrDefault(point => point.Epoch == report.BestEpoch);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
