/**
 * Where a limit is not that of AWS's model (test/conformance/connect-limits.json), by the reason: what is checked, a bar, and
 * what the model states. A limit where the model states none is no deviation: what comes from outside has one.
 */
export const deviations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Describe answers an empty map where there are no tags, and what it answers is good enough for Create': {
    'CreateAgentStatusRequest.Tags': '0..50 | 1..50',
    'CreateContactFlowModuleRequest.Tags': '0..50 | 1..50',
    'CreateContactFlowRequest.Tags': '0..50 | 1..50',
    'CreateHoursOfOperationRequest.Tags': '0..50 | 1..50',
    'CreateInstanceRequest.Tags': '0..50 | 1..50',
    'CreateQueueRequest.Tags': '0..50 | 1..50',
    'CreateQuickConnectRequest.Tags': '0..50 | 1..50',
    'CreateRoutingProfileRequest.Tags': '0..50 | 1..50',
    'CreateSecurityProfileRequest.Tags': '0..50 | 1..50',
    'CreateUserHierarchyGroupRequest.Tags': '0..50 | 1..50',
    'CreateUserRequest.Tags': '0..50 | 1..50',
  },
  "A soft phone has an empty number, as the AWS CLI's example of describe-user shows it": {
    'PhoneNumberConfig.PhoneNumber': '^(\\+[1-9]\\d{1,14})?$ | \\+[1-9]\\d{1,14}$',
    'UserPhoneConfig.DeskPhoneNumber': '^(\\+[1-9]\\d{1,14})?$ | \\+[1-9]\\d{1,14}$',
  },
  "The model's pattern is written as in another language, or matches anywhere in the text": {
    'SearchCriteria.ActiveRegions[]': '^[a-z]{2}(-[a-z]+){1,2}(-[0-9])?$ | [a-z]{2}(-[a-z]+){1,2}(-[0-9])?',
    'CreateUserRequest.Password':
      '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)[^\\s\\p{Cc}]{8,64}$ | /^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)[a-zA-Z\\d\\S]{8,64}$/',
    'ListPhoneNumbersV2Request.PhoneNumberPrefix': '^\\+?[0-9]{1,11}$ | \\\\+?[0-9]{1,11}',
    'SearchAvailablePhoneNumbersRequest.PhoneNumberPrefix': '^\\+?[0-9]{1,11}$ | \\\\+?[0-9]{1,11}',
    'PhoneNumberQuickConnectConfig.PhoneNumber': '^\\+[1-9]\\d{1,14}$ | \\\\+[1-9]\\\\d{1,14}$',
    'PrimaryAttributeValue.AttributeName':
      '1..127 ^(?!aws:|connect:)[\\t\\n\\r -~¡-ÿ]+$ | 1..127 (?!aws:|connect:)[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]+$',
    'PrimaryAttributeValue.Values[]': '^[\\t\\n\\r -~¡-ÿ]+$ | [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]+$',
    'UserIdentityInfo.Mobile': '^\\+[1-9]\\d{1,14}$ | \\\\+[1-9]\\\\d{1,14}$',
  },
  'The same texts, read in one way only': {
    'CreateContactFlowModuleRequest.Name': '1..127 \\S | 1..127 .*\\S.*',
    'UpdateContactFlowModuleMetadataRequest.Name': '1..127 \\S | 1..127 .*\\S.*',
    'DescribeViewRequest.ViewId': '1..500 ^[a-zA-Z0-9_\\-:/$]+$ | 1..500 ^[a-zA-Z0-9\\_\\-:\\/$]+$',
    'ListViewVersionsRequest.ViewId': '1..500 ^[a-zA-Z0-9_\\-:/$]+$ | 1..500 ^[a-zA-Z0-9\\_\\-:\\/$]+$',
    'CreateInstanceRequest.InstanceAlias':
      '1..45 ^(?!d-)[\\da-zA-Z](-*[\\da-zA-Z])*$ | 1..45 ^(?!d-)([\\da-zA-Z]+)([-]*[\\da-zA-Z])*$',
  },
  'The API Reference and the Administrator Guide say it in words': {
    'AfterContactWorkConfig.AfterContactWorkTimeLimit': '0..2000000 | 0..',
    'UpdateContactAttributesRequest.Attributes{key}': '1..32767 ^[a-zA-Z0-9_-]+$ | 1..32767',
    'CreatePredefinedAttributeRequest.Name': "1..100 ^(?!(aws:|connect:))[\\p{L}\\p{Z}\\p{N}_.:/=+-@']+$ | 1..100",
    'PredefinedAttributeValues.StringList[]': "1..100 ^(?!(aws:|connect:))[\\p{L}\\p{Z}\\p{N}_.:/=+-@']+$ | 1..100",
    'UpdateInstanceAttributeRequest.Value': '1..100 ^(true|false)$ | 1..100',
    'UserPhoneConfig.AfterContactWorkTimeLimit': '0..2000000 | 0..',
  },
  'An empty id names nothing': {
    'DescribeTestCaseRequest.TestCaseId': '1..500 | 0..500',
    'DeleteContactFlowRequest.ContactFlowId': '1..500 | 0..500',
    'DescribeContactFlowRequest.ContactFlowId': '1..500 | 0..500',
    'FlowQuickConnectConfig.ContactFlowId': '1..500 | 0..500',
    'QueueQuickConnectConfig.ContactFlowId': '1..500 | 0..500',
    'UpdateContactFlowContentRequest.ContactFlowId': '1..500 | 0..500',
    'UpdateContactFlowMetadataRequest.ContactFlowId': '1..500 | 0..500',
    'UpdateContactFlowNameRequest.ContactFlowId': '1..500 | 0..500',
    'UserQuickConnectConfig.ContactFlowId': '1..500 | 0..500',
  },
  'An empty text takes the description away': {
    'CreateContactFlowModuleRequest.Description': '0..500 ^$|\\S | 0..500 .*\\S.*',
    'UpdateContactFlowModuleMetadataRequest.Description': '0..500 ^$|\\S | 0..500 .*\\S.*',
  },
  'A channel that counts by workload types has no number of its own': {
    'MediaConcurrency.Concurrency': '0..10 | 1..10',
  },
  'What comes from outside has an end': {
    'CreateContactFlowRequest.Name': '1..256 | 1..',
    'UpdateContactFlowMetadataRequest.Name': '1..256 | 1..',
    'UpdateContactFlowNameRequest.Name': '1..256 | 1..',
  },
};
