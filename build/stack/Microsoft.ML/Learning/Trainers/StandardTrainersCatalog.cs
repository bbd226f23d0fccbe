using Microsoft.ML.Trainers;
using Logistic = Microsoft.ML.Trainers.LbfgsLogisticRegressionBinaryTrainer;
using MaximumEntropy = Microsoft.ML.Trainers.LbfgsMaximumEntropyMulticlassTrainer;

namespace Microsoft.ML;

/// <summary>The trainers that need no further package.</summary>
public static class StandardTrainersCatalog
{
    public static LbfgsLogisticRegressionBinaryTrainer LbfgsLogisticRegression(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string featureColumnName = DefaultColumnNames.Features,
        string exampleWeightColumnName = null,
        float l1Regularization = Logistic.OptionsBase.Defaults.L1Regularization,
        float l2Regularization = Logistic.OptionsBase.Defaults.L2Regularization,
        float optimizationTolerance = Logistic.OptionsBase.Defaults.OptimizationTolerance,
        int historySize = Logistic.OptionsBase.Defaults.HistorySize,
        bool enforceNonNegativity = Logistic.OptionsBase.Defaults.EnforceNonNegativity)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new(catalog.GetEnvironment(), new()
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            L1Regularization = l1Regularization,
            L2Regularization = l2Regularization,
            OptimizationTolerance = optimizationTolerance,
            HistorySize = historySize,
            EnforceNonNegativity = enforceNonNegativity,
        });
    }

    public static LbfgsLogisticRegressionBinaryTrainer LbfgsLogisticRegression(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, LbfgsLogisticRegressionBinaryTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new(catalog.GetEnvironment(), Contracts.CheckValue(options, nameof(options)));
    }

    public static LbfgsMaximumEntropyMulticlassTrainer LbfgsMaximumEntropy(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string featureColumnName = DefaultColumnNames.Features,
        string exampleWeightColumnName = null,
        float l1Regularization = MaximumEntropy.OptionsBase.Defaults.L1Regularization,
        float l2Regularization = MaximumEntropy.OptionsBase.Defaults.L2Regularization,
        float optimizationTolerance = MaximumEntropy.OptionsBase.Defaults.OptimizationTolerance,
        int historySize = MaximumEntropy.OptionsBase.Defaults.HistorySize,
        bool enforceNonNegativity = MaximumEntropy.OptionsBase.Defaults.EnforceNonNegativity)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new(catalog.GetEnvironment(), new()
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            L1Regularization = l1Regularization,
            L2Regularization = l2Regularization,
            OptimizationTolerance = optimizationTolerance,
            HistorySize = historySize,
            EnforceNonNegativity = enforceNonNegativity,
        });
    }

    public static LbfgsMaximumEntropyMulticlassTrainer LbfgsMaximumEntropy(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, LbfgsMaximumEntropyMulticlassTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new(catalog.GetEnvironment(), Contracts.CheckValue(options, nameof(options)));
    }
}
