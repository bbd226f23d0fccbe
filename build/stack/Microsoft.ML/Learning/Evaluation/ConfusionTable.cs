using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A confusion matrix as text for a console.</summary>
internal static class ConfusionTable
{
    private const int TitleWidth = 9;

    public static string Format(ConfusionMatrix matrix)
    {
        var (names, classes) = (matrix.ClassNames, matrix.NumberOfClasses);
        var columnWidth = classes == 2 ? 8 : 5;
        // Names too long for a column's head give way to numbers, which then stand before the names of the rows as well.
        var numbered = names.Max(name => name.Length) > columnWidth;
        var digits = (classes - 1).ToString().Length;
        var headWidth = Math.Max(TitleWidth, names.Max(name => name.Length) + (numbered ? digits + 2 : 0));
        var rule = new StringBuilder().Insert(0, classes > 2 ? "========" : "===========", classes).ToString();

        var text = new StringBuilder();
        if (classes == 2 && matrix.IsBinary)
            text.Append(PositiveRatio(matrix));
        text.AppendLine();
        text.AppendLine("Confusion table");
        text.AppendLine(Head("") + rule);
        text.Append(Head("PREDICTED"));
        for (var i = 0; i < classes; i++)
            text.Append($" {(numbered ? i.ToString() : names[i]).PadLeft(columnWidth)} |");
        text.AppendLine(" Recall");
        text.AppendLine(Head("TRUTH") + rule);
        for (var i = 0; i < classes; i++)
        {
            text.Append(numbered
                ? $"{i.ToString().PadLeft(digits)}. {names[i].PadLeft(headWidth - digits - 2)} ||"
                : $"{names[i].PadLeft(headWidth)} ||");
            foreach (var count in matrix.Counts[i])
                text.Append($" {count.ToString("N0").PadLeft(columnWidth)} |");
            text.AppendLine($" {matrix.PerClassRecall[i],5:F4}");
        }
        text.AppendLine(Head("") + rule);
        text.Append(Head("Precision"));
        foreach (var precision in matrix.PerClassPrecision)
            text.Append($"{precision.ToString("N4").PadLeft(columnWidth + 1)} |");
        return text.AppendLine().ToString();

        string Head(string title) => title.PadRight(headWidth) + " ||";
    }

    private static string PositiveRatio(ConfusionMatrix matrix)
    {
        var (positives, negatives) = (matrix.Counts[0].Sum(), matrix.Counts[1].Sum());
        var ratio = $"{positives / (positives + negatives):N4} ({positives:F1}/({positives:F1}+{negatives:F1}))";
        return $"TEST {matrix.ClassNames[0].ToUpper()} RATIO:\t{ratio}";
    }
}
