using MLNet.Transformers.Evaluation;

namespace MLNet.Transformers;

/// <summary>How well predicted sets of labels match the true ones.</summary>
public sealed record MultiLabelMetrics
{
    private MultiLabelMetrics(IReadOnlyList<string> names, (long Right, long Predicted, long Actual)[] counts, long rows, long rightRows, long wrongLabels)
    {
        ByLabel = names.Zip(counts).ToDictionary(label => label.First, label => PrecisionRecall.Of(label.Second.Right, label.Second.Predicted, label.Second.Actual));
        Micro = PrecisionRecall.Of(counts.Sum(count => count.Right), counts.Sum(count => count.Predicted), counts.Sum(count => count.Actual));
        Macro = PrecisionRecall.Macro([.. ByLabel.Values]);
        Weighted = PrecisionRecall.Weighted([.. ByLabel.Values]);
        SubsetAccuracy = (double)rightRows / rows;
        HammingLoss = (double)wrongLabels / (rows * names.Count);
    }

    /// <summary>Each label by itself.</summary>
    public IReadOnlyDictionary<string, PrecisionRecall> ByLabel { get; }

    /// <summary>All labels of all rows together.</summary>
    public PrecisionRecall Micro { get; }

    /// <summary>The mean over the labels.</summary>
    public PrecisionRecall Macro { get; }

    /// <summary>The mean over the labels, each counted as often as it truly holds.</summary>
    public PrecisionRecall Weighted { get; }

    /// <summary>Share of the rows whose labels are all right.</summary>
    public double SubsetAccuracy { get; }

    /// <summary>Share of all labels of all rows that are wrong.</summary>
    public double HammingLoss { get; }

    internal static MultiLabelMetrics Of(IDataView data, string labelColumn, string predictedColumn)
    {
        var columns = LabelFlags.Find(data.Schema, labelColumn, predictedColumn);
        var counts = new (long Right, long Predicted, long Actual)[columns.Names.Count];
        var (rows, rightRows, wrongLabels) = (0L, 0L, 0L);
        foreach (var (labels, predictions) in columns.Read(data))
        {
            var wrong = 0;
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i].Actual += labels[i] ? 1 : 0;
                counts[i].Predicted += predictions[i] ? 1 : 0;
                counts[i].Right += labels[i] && predictions[i] ? 1 : 0;
                wrong += labels[i] == predictions[i] ? 0 : 1;
            }
            rows++;
            rightRows += wrong == 0 ? 1 : 0;
            wrongLabels += wrong;
        }
        return rows == 0
            ? throw new ArgumentException("There are no rows to evaluate.")
            : new MultiLabelMetrics(columns.Names, counts, rows, rightRows, wrongLabels);
    }
}
