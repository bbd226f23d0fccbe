namespace MLNet.Transformers.Models;

/// <summary>One quantity over the steps: a frame with its scales, and curves in it.</summary>
internal sealed class PlotPanel
{
    private const int MostPoints = 400;

    private readonly SvgWriter svg;
    private readonly PlotScale steps;
    private readonly PlotScale values;

    /// <summary>Draws the frame.</summary>
    /// <param name="svg">Where to.</param>
    /// <param name="title">The quantity.</param>
    /// <param name="area">Where on the picture.</param>
    /// <param name="steps">The scale across.</param>
    /// <param name="ticks">About how many values are written up the side.</param>
    /// <param name="shown">All values that will be shown.</param>
    public PlotPanel(SvgWriter svg, string title, PlotArea area, PlotScale steps, int ticks, IEnumerable<double> shown)
    {
        this.svg = svg;
        this.steps = steps;
        values = PlotScale.Around(shown, ticks, area.Bottom, area.Top);
        svg.Text(area.Left, area.Top - 12, title, "name");
        foreach (var tick in values.Ticks)
        {
            svg.Line(area.Left, values.At(tick), area.Right, values.At(tick), "grid");
            svg.Text(area.Left - 8, values.At(tick) + 4, values.Text(tick), "tick left");
        }
        foreach (var tick in steps.Ticks)
        {
            svg.Line(steps.At(tick), area.Bottom, steps.At(tick), area.Bottom + 4, "axis");
            svg.Text(steps.At(tick), area.Bottom + 18, steps.Text(tick), "tick");
        }
        svg.Line(area.Left, area.Bottom, area.Right, area.Bottom, "axis");
    }

    /// <summary>Joins values; neighbours that would fall on each other are shown as their mean.</summary>
    public void Curve(IReadOnlyList<(double Step, double Value)> points, string style)
    {
        var finite = points.Where(point => double.IsFinite(point.Value)).ToArray();
        svg.Curve(finite
            .Chunk(Math.Max(1, (finite.Length + MostPoints - 1) / MostPoints))
            .Select(chunk => (steps.At(chunk.Average(point => point.Step)), values.At(chunk.Average(point => point.Value)))), style);
    }

    public void Dot(double step, double value, double radius, string style)
    {
        if (double.IsFinite(value))
            svg.Dot(steps.At(step), values.At(value), radius, style);
    }
}

/// <summary>A rectangle on the picture.</summary>
internal readonly record struct PlotArea(double Left, double Top, double Right, double Bottom);
