import { ec2, need, Need } from "../need";

const queue = "arn:{partition}:sqs:{region}:{account}:{name}-*";
const rule = "arn:{partition}:events:{region}:{account}:rule/{name}-*";
const logGroup = "arn:{partition}:logs:{region}:{account}:log-group:{name}-*";
const topic = "arn:{partition}:sns:{region}:{account}:{name}-*";
const zone = ["arn:{partition}:route53:::hostedzone/*", "arn:{partition}:route53:::change/*"];
const resolver = [
  "arn:{partition}:route53resolver:{region}:{account}:resolver-endpoint/*",
  ...ec2("network-interface", "subnet", "security-group"),
];
const budget = "arn:{partition}:budgets::{account}:budget/{name}-*";
const schedule = "arn:{partition}:scheduler:{region}:{account}:schedule";

/** What tells of uploads and of trouble, and the name devices call. */
export const operations: Record<string, Need> = {
  "aws:cloudwatch/logGroup:LogGroup": need("amazoncloudwatchlogs", logGroup, {
    create: ["logs:CreateLogGroup", "logs:TagResource"],
    read: ["logs:ListTagsForResource"],
    update: [
      "logs:PutRetentionPolicy",
      "logs:DeleteRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ],
    delete: ["logs:DeleteLogGroup"],
    everywhere: ["logs:DescribeLogGroups"],
  }),
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": need("amazoncloudwatchlogs", logGroup, {
    create: ["logs:PutMetricFilter"],
    read: ["logs:DescribeMetricFilters"],
    update: ["logs:PutMetricFilter"],
    delete: ["logs:DeleteMetricFilter"],
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": need(
    "amazoncloudwatch",
    "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}-*",
    {
      create: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
      read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
      update: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
      delete: ["cloudwatch:DeleteAlarms"],
    },
  ),
  "aws:cloudwatch/dashboard:Dashboard": need(
    "amazoncloudwatch",
    "arn:{partition}:cloudwatch::{account}:dashboard/{name}*",
    {
      create: ["cloudwatch:PutDashboard"],
      read: ["cloudwatch:GetDashboard"],
      update: ["cloudwatch:PutDashboard"],
      delete: ["cloudwatch:DeleteDashboards"],
    },
  ),
  "aws:cloudwatch/eventRule:EventRule": need("amazoneventbridge", rule, {
    create: ["events:PutRule", "events:TagResource"],
    read: ["events:DescribeRule", "events:ListTagsForResource"],
    update: [
      "events:PutRule",
      "events:EnableRule",
      "events:DisableRule",
      "events:TagResource",
      "events:UntagResource",
    ],
    delete: ["events:DeleteRule"],
  }),
  "aws:cloudwatch/eventTarget:EventTarget": need("amazoneventbridge", rule, {
    create: ["events:PutTargets"],
    read: ["events:ListTargetsByRule"],
    update: ["events:PutTargets"],
    delete: ["events:RemoveTargets"],
  }),
  "aws:sqs/queue:Queue": need("amazonsqs", queue, {
    create: ["sqs:CreateQueue", "sqs:TagQueue"],
    read: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
    update: ["sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
    delete: ["sqs:DeleteQueue"],
  }),
  "aws:sqs/queuePolicy:QueuePolicy": need("amazonsqs", queue, {
    create: ["sqs:SetQueueAttributes"],
    read: ["sqs:GetQueueAttributes"],
    update: ["sqs:SetQueueAttributes"],
    delete: ["sqs:SetQueueAttributes"],
  }),
  "aws:sns/topic:Topic": need("amazonsns", topic, {
    create: ["sns:CreateTopic", "sns:TagResource"],
    read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
    update: ["sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
    delete: ["sns:DeleteTopic"],
  }),
  "aws:sns/topicSubscription:TopicSubscription": need("amazonsns", topic, {
    create: ["sns:Subscribe"],
    read: ["sns:GetSubscriptionAttributes"],
    update: ["sns:SetSubscriptionAttributes"],
    delete: ["sns:Unsubscribe"],
  }),
  "aws:route53/zone:Zone": need("amazonroute53", zone, {
    create: ["route53:ChangeTagsForResource"],
    read: [
      "route53:GetHostedZone",
      "route53:GetChange",
      "route53:ListTagsForResource",
      "route53:ListResourceRecordSets",
    ],
    update: [
      "route53:UpdateHostedZoneComment",
      "route53:ChangeTagsForResource",
      "route53:AssociateVPCWithHostedZone",
      "route53:DisassociateVPCFromHostedZone",
    ],
    delete: ["route53:DeleteHostedZone"],
    everywhere: ["route53:CreateHostedZone", "ec2:DescribeVpcs"],
  }),
  "aws:route53/record:Record": need("amazonroute53", zone, {
    create: ["route53:ChangeResourceRecordSets"],
    read: ["route53:ListResourceRecordSets", "route53:GetHostedZone", "route53:GetChange"],
    update: ["route53:ChangeResourceRecordSets"],
    delete: ["route53:ChangeResourceRecordSets"],
  }),
  "aws:route53/resolverEndpoint:ResolverEndpoint": need("amazonroute53resolver", resolver, {
    create: [
      "route53resolver:CreateResolverEndpoint",
      "route53resolver:TagResource",
      // Its addresses are network interfaces, made with the caller's permissions.
      "ec2:CreateNetworkInterface",
    ],
    read: [
      "route53resolver:GetResolverEndpoint",
      "route53resolver:ListResolverEndpointIpAddresses",
      "route53resolver:ListTagsForResource",
    ],
    update: [
      "route53resolver:UpdateResolverEndpoint",
      "ec2:ModifyNetworkInterfaceAttribute",
      "route53resolver:AssociateResolverEndpointIpAddress",
      "route53resolver:DisassociateResolverEndpointIpAddress",
      "route53resolver:TagResource",
      "route53resolver:UntagResource",
    ],
    delete: ["route53resolver:DeleteResolverEndpoint", "ec2:DeleteNetworkInterface"],
    everywhere: [
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcs",
    ],
  }),
  "aws:scheduler/schedule:Schedule": need("amazoneventbridgescheduler", `${schedule}/*/{name}-*`, {
    create: ["scheduler:CreateSchedule"],
    read: ["scheduler:GetSchedule"],
    update: ["scheduler:UpdateSchedule"],
    delete: ["scheduler:DeleteSchedule"],
  }),
  "aws:scheduler/scheduleGroup:ScheduleGroup": need(
    "amazoneventbridgescheduler",
    `${schedule}-group/{name}-*`,
    {
      create: ["scheduler:CreateScheduleGroup", "scheduler:TagResource"],
      read: ["scheduler:GetScheduleGroup", "scheduler:ListTagsForResource"],
      update: ["scheduler:TagResource", "scheduler:UntagResource"],
      delete: ["scheduler:DeleteScheduleGroup"],
    },
  ),
  "aws:budgets/budget:Budget": need("awsbudgetservice", budget, {
    create: ["budgets:ModifyBudget", "budgets:TagResource"],
    read: ["budgets:ViewBudget", "budgets:ListTagsForResource"],
    update: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
    delete: ["budgets:ModifyBudget"],
  }),
};
